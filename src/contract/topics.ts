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

/**
 * How often a connected edge repeats its status, unchanged. The server takes an edge of which it hears nothing for
 * `silentAfterMs` as offline: a broker that was killed cannot publish the edge's last will.
 */
export const statusEveryMs = 30_000;
export const silentAfterMs = 100_000;

/** One client id an edge, so that a new connection takes the place of one that hangs. */
export const edgeClientId = (edgeId: string) => `keepclear-edge-${edgeId}`;
/** The user as whom the server signs in to its own broker; hence no edge's id. */
export const serverUsername = "server";
