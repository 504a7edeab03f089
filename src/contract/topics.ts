/**
 * MQTT topics, all under `keepclear/v1/<site>/<edge>/`. Which payload travels on which topic stands in
 * messages/index.ts. QoS 1 everywhere.
 */
export const topicRoot = "keepclear/v1";

export interface EdgeAddress {
	readonly siteId: string;
	readonly edgeId: string;
}

const under = ({ siteId, edgeId }: EdgeAddress) => `${topicRoot}/${siteId}/${edgeId}`;

export const topics = {
	/** edge -> server, retained, with last will. */
	status: (edge: EdgeAddress) => `${under(edge)}/status`,
	/** edge -> server, retained. */
	cameraHealth: (edge: EdgeAddress, cameraId: string) => `${under(edge)}/camera/${cameraId}/health`,
	/** edge -> server, retained. */
	laneState: (edge: EdgeAddress, laneId: string) => `${under(edge)}/lane/${laneId}/state`,
	/** edge -> server, through the outbox, acknowledged by the server as applied. */
	alert: (edge: EdgeAddress) => `${under(edge)}/alert`,
	/** server -> edge: which messages were applied, which were refused for good. */
	ack: (edge: EdgeAddress) => `${under(edge)}/ack`,
	/** server -> edge, retained: a new configuration is there to be fetched over HTTP. */
	config: (edge: EdgeAddress) => `${under(edge)}/config`,
	/** server -> edge: a job waits to be fetched over HTTP (secrets never travel through the broker). */
	job: (edge: EdgeAddress) => `${under(edge)}/job`,
} as const;

export const serverSubscriptions = [
	`${topicRoot}/+/+/status`,
	`${topicRoot}/+/+/camera/+/health`,
	`${topicRoot}/+/+/lane/+/state`,
	`${topicRoot}/+/+/alert`,
] as const;

export const edgeSubscriptions = (edge: EdgeAddress) => [topics.ack(edge), topics.config(edge), topics.job(edge)];
