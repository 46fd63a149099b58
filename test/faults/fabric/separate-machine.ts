import type { NodeLauncher } from '@medaccord/network/fabric';
import { type Namespace, NetworkNamespaces } from '@medaccord/network/fabric/testing';

/** A network namespace with one node in it, on a cable that can be pulled. */
export class SeparateMachine {
  private constructor(
    private readonly namespaces: NetworkNamespaces,
    private readonly namespace: Namespace,
    /** Address of this machine as the separate one sees it. */
    readonly ownAddress: string,
  ) {}

  /** Undefined, with the reason printed, where this user may not make one. */
  static async create(): Promise<SeparateMachine | undefined> {
    const namespaces = await NetworkNamespaces.create(`maf${process.pid % 1000}`, ['apart.members.test']);
    const [namespace] = namespaces?.namespaces ?? [];
    if (namespaces === undefined || namespace === undefined) return undefined;
    return new SeparateMachine(namespaces, namespace, await namespaces.join());
  }

  get address(): string {
    return this.namespaces.address(this.namespace);
  }

  /** Runs one node there, and every other one here. */
  launcher(separate: string): NodeLauncher {
    return (id, program, args) => (id === separate ? this.namespaces.inside(this.namespace, program, args) : [program, args]);
  }

  /** Pulls the cable, or puts it in again. */
  async plug(connected: boolean): Promise<void> {
    await this.namespaces.plug(this.namespace, connected);
  }

  async remove(): Promise<void> {
    await this.namespaces.remove();
  }
}
