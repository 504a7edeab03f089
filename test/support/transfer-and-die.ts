import { createLog } from "#platform/log.ts";
import { findUserByName } from "../../src/server/accounts/accounts-store.ts";
import { serverConfigSchema } from "../../src/server/config.ts";
import { Feed } from "../../src/server/store/feed.ts";
import { openStore } from "../../src/server/store/open-store.ts";
import { composeTransferPackage } from "../../src/server/transfer-package/compose-package.ts";
import { makeTransfer } from "../../src/server/transfers/make-transfer.ts";

/** A program: hands one clue over, and is killed by SIGKILL after the step that it is told, at the n-th time it comes. */
const { dataFolder, alertId, receiver, by, at, dieAfter, nth } = JSON.parse(process.argv[2] ?? "{}") as {
	dataFolder: string;
	alertId: string;
	receiver: string;
	by: string;
	at: number;
	dieAfter: string;
	nth: number;
};
const store = openStore(`${dataFolder}/keepclear.db`);
const user = findUserByName(store, by);
if (!user) throw new Error(`${by} must be there`);
const parts = {
	config: serverConfigSchema.parse({ dataFolder }),
	store,
	feed: new Feed(store),
	forEdges: { mqtt: null, authority: null },
	notifier: { connected: false, publishConfig: () => {}, publishJob: () => {} },
	log: createLog("test", "fatal"),
	now: () => at,
	pageFolder: "",
};
let times = 0;
await makeTransfer(
	parts,
	composeTransferPackage,
	alertId,
	{ receiver, note: null },
	{ user: { ...user, scopes: [] } },
	(step) => {
		if (step === dieAfter && ++times === nth) process.kill(process.pid, "SIGKILL");
	},
);
