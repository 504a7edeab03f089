import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { StartGate } from "../../edge/video/start-gate.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const stop = new AbortController();
/** Who is through, in order. */
function come(gate: StartGate, through: string[], name: string, signal = stop.signal) {
	return gate.enter(signal).then((leave) => {
		through.push(name);
		return leave;
	});
}
const settle = () => vi.advanceTimersByTimeAsync(0);

describe("the gate of starts", () => {
	test("lets so many through, and the next when one has started, in their order", async () => {
		const gate = new StartGate(2);
		const through: string[] = [];
		const [a, , c] = ["a", "b", "c", "d"].map((name) => come(gate, through, name));
		await settle();
		expect(through).toEqual(["a", "b"]);
		(await a!)();
		(await a!)(); // said twice it frees one place
		await settle();
		expect(through).toEqual(["a", "b", "c"]);
		(await c!)();
		await settle();
		expect(through).toEqual(["a", "b", "c", "d"]);
	});

	test("waits for nobody for ever: a camera that sends nothing keeps no other from starting", async () => {
		const gate = new StartGate(1, 3_000);
		const through: string[] = [];
		for (const name of ["silent", "next"]) void come(gate, through, name);
		await vi.advanceTimersByTimeAsync(2_999);
		expect(through).toEqual(["silent"]);
		await vi.advanceTimersByTimeAsync(1);
		expect(through).toEqual(["silent", "next"]);
	});

	test("whoever gives up while waiting takes no place", async () => {
		const gate = new StartGate(1);
		const through: string[] = [];
		const leave = await come(gate, through, "a");
		const gone = new AbortController();
		const given = come(gate, through, "gone", gone.signal);
		const last = come(gate, through, "last");
		gone.abort();
		await given;
		leave();
		await last;
		expect(through).toEqual(["a", "gone", "last"]);
	});
});
