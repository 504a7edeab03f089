import { edgeOne } from "./wire-store.ts";
import { runLink, startTraffic } from "./wire-world.ts";

/**
 * An edge as a process that may be killed. Arguments: folder, URL of the broker, a number that no run before had.
 * Writes the id of each alert whose messages are committed, one a line.
 */
const [folder = "", url = "", run = "0"] = process.argv.slice(2);
const edge = runLink(folder, edgeOne, url);
startTraffic([edge.outbox], {
	firstNumber: Number(run) * 10_000,
	onPut: (alertId) => process.stdout.write(`${alertId}\n`),
});
