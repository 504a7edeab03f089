import { evidenceUploadMetadata } from "#contract/edge-api.ts";
import { createLog } from "#platform/log.ts";
import { serverConfigSchema } from "../../src/server/config.ts";
import { findEdge } from "../../src/server/edges/edges-store.ts";
import { storeEvidence } from "../../src/server/evidence/evidence-actions.ts";
import { Feed } from "../../src/server/store/feed.ts";
import { openStore } from "../../src/server/store/open-store.ts";

/** A program: takes in one upload, and is killed by SIGKILL after the step that it is told. */
const { dataFolder, file, metadata, bytes, dieAfter } = JSON.parse(process.argv[2] ?? "{}") as {
	dataFolder: string;
	file: string;
	metadata: unknown;
	bytes: number;
	dieAfter: string;
};
const store = openStore(`${dataFolder}/keepclear.db`);
const edge = findEdge(store, "edge-1");
if (!edge) throw new Error("edge-1 must be there");
await storeEvidence(
	{
		config: serverConfigSchema.parse({ dataFolder }),
		store,
		feed: new Feed(store),
		forEdges: { mqtt: null, authority: null },
		notifier: { connected: false, publishConfig: () => {}, publishJob: () => {} },
		log: createLog("test", "fatal"),
		now: Date.now,
		pageFolder: "",
	},
	edge,
	{ file, metadata: evidenceUploadMetadata.parse(metadata), bytes },
	(step) => {
		if (step === dieAfter) process.kill(process.pid, "SIGKILL");
	},
);
