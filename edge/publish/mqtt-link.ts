import type { CameraHealthMessage, LaneStateMessage } from "#contract/messages/index.ts";
import type { EdgeAddress } from "#contract/topics.ts";
import type { Logger } from "#platform/log.ts";
import type { Outbox } from "./outbox.ts";

export interface MqttLinkOptions {
	readonly url: string;
	readonly username: string;
	readonly password: string;
	/** PEM texts. */
	readonly tls?: { readonly ca?: string | null; readonly cert?: string | null; readonly key?: string | null };
	readonly address: EdgeAddress;
	readonly outbox: Outbox;
	/** Of Keepclear. */
	readonly version: string;
	readonly log: Logger;
	/** The server has a configuration of this revision; told at each connection, also when nothing is new. */
	readonly onConfig: (revision: number) => void;
	readonly onJob: (jobId: string) => void;
}

export class MqttLink {
	readonly connected = false;
	constructor(options: MqttLinkOptions) {
		void options;
	}
	async run(signal: AbortSignal): Promise<void> {
		void signal;
	}
	setLaneState(message: LaneStateMessage): void {
		void message;
	}
	setCameraHealth(message: CameraHealthMessage): void {
		void message;
	}
	/** The lane is no longer watched: its retained state is taken off the broker. */
	forgetLane(laneId: string): void {
		void laneId;
	}
	forgetCamera(cameraId: string): void {
		void cameraId;
	}
}
