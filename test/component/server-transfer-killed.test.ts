import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TransferAnswer } from "#contract/transfers-api.ts";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { findBrokenPromises } from "../../src/server/check/check-data.ts";
import { transferSteps } from "../../src/server/transfers/make-transfer.ts";
import { type ClueWorld, putClue, putMarkings, review, startClueWorld } from "../support/clue.ts";
import { buildTestApp, type TestApp } from "../support/server-app.ts";

const program = fileURLToPath(new URL("../support/transfer-and-die.ts", import.meta.url));

let server: TestApp;
let world: ClueWorld;
beforeAll(async () => {
	server = await buildTestApp();
	world = await startClueWorld(server);
	await putMarkings(world);
});
afterAll(() => server.close());

async function handOver(alertId: string, dieAfter: string, nth = 1) {
	const { dataFolder, clock } = server;
	const job = { dataFolder, alertId, receiver: world.police.id, by: "lead", at: clock.now, dieAfter, nth };
	const child = spawnTied(process.execPath, [...typescriptLoader, program, JSON.stringify(job)], { stdio: "inherit" });
	return ended(child);
}

async function broken(): Promise<string[]> {
	const found: string[] = [];
	for await (const sentence of findBrokenPromises(server.parts.store, server.dataFolder)) found.push(sentence);
	return found;
}

const transfers = async (alertId: string) =>
	(await world.lead("GET", `/api/alerts/${alertId}/transfer`)).json<{ transfers: TransferAnswer[] }>().transfers;

/** Each of them once, and the last of the files' own steps too. */
const kills = [...transferSteps.map((step) => [step, 1] as const), ["written", 3] as const, ["placed", 3] as const];

describe("a server that is killed while it hands a clue over", () => {
	let serial = 0;
	it.each(kills)("has handed over all or nothing, and hands over once: killed after %s, time %i", async (step, nth) => {
		const alertId = `clue-${step.replace(" ", "-")}-${nth}`;
		await putClue(world, alertId);
		await review(alertId, world.anna, world.lead);
		expect((await handOver(alertId, step, nth)).signal).toBe("SIGKILL");
		expect(await broken()).toEqual([]);
		expect(await transfers(alertId)).toHaveLength(step === "recorded" ? 1 : 0);

		if (step !== "recorded") expect(await handOver(alertId, "never")).toEqual({ code: 0, signal: null });
		serial += 1;
		const [made] = await transfers(alertId);
		expect(made?.number).toMatch(new RegExp(`-0*${serial}$`));
		expect(await broken()).toEqual([]);
		const left = await readdir(join(server.dataFolder, "transfers", made!.number));
		expect(left.filter((name) => name.endsWith(".part"))).toEqual([]);
		const answer = await world.lead("GET", `/api/transfers/${made!.number}/package`);
		expect(answer.statusCode).toBe(200);
	});
});
