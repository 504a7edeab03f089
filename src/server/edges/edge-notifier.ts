import type { EdgeAddress } from "#contract/topics.ts";

/** What the server tells an edge at once; the edge then fetches it over HTTP. */
export interface EdgeNotifier {
	publishConfig(edge: EdgeAddress, revision: number): void;
	publishJob(edge: EdgeAddress, jobId: string): void;
	readonly connected: boolean;
}
