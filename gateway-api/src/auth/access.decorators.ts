import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { actorOf, callerOf } from './caller.js';
import type { Actor, Caller } from './caller.js';
import type { Permission, PublicPurpose } from './permissions.js';

/** Names the permission that a route needs. */
export const Allow = Reflector.createDecorator<Permission | undefined>();

/** Opens a route to anyone, for one of the purposes that the table of permissions names. */
export const Public = Reflector.createDecorator<PublicPurpose>();

/** The admitted actor as a handler's parameter. */
export const CurrentActor: () => ParameterDecorator = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor => actorOf(context.switchToHttp().getRequest<Request>()),
);

/** The caller in all roles that the token names, as a handler's parameter: where what is asked decides which role acts. */
export const CurrentCaller: () => ParameterDecorator = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller => callerOf(context.switchToHttp().getRequest<Request>()),
);
