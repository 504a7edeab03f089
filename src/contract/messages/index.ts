import { alertMessage, cameraHealthMessage, laneStateMessage, statusMessage } from "./edge-to-server.ts";
import { ackMessage, configMessage, jobMessage } from "./server-to-edge.ts";

/** The one map from kind of topic to payload. */
export const messageSchemas = {
	status: statusMessage,
	cameraHealth: cameraHealthMessage,
	laneState: laneStateMessage,
	alert: alertMessage,
	ack: ackMessage,
	config: configMessage,
	job: jobMessage,
} as const;
export type MessageKind = keyof typeof messageSchemas;

export * from "./edge-figures.ts";
export * from "./edge-to-server.ts";
export * from "./server-to-edge.ts";
