import { join } from 'node:path';

/** A program that systemd keeps running. */
export interface Service {
  /** Also the name of the unit, for example `peer0.hospital.example`. */
  readonly id: string;
  readonly description: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly environmentFile: string;
}

/** The systemd unit of a service. */
export function serviceUnit({ description, command, environmentFile }: Service): string {
  return `[Unit]
Description=${description}
After=network-online.target
Wants=network-online.target

[Service]
User=medaccord
EnvironmentFile=${environmentFile}
ExecStart=${command.join(' ')}
Restart=on-failure
RestartSec=2
TimeoutStopSec=60
LimitNOFILE=65536
NoNewPrivileges=true
ProtectSystem=full
PrivateTmp=true

[Install]
WantedBy=multi-user.target
`;
}

/** File name of a service's unit below a folder. */
export function unitFile(folder: string, { id }: Service): string {
  return join(folder, `medaccord-${id}.service`);
}
