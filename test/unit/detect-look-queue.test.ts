import { expect, test } from "vitest";
import { LookQueue } from "../../edge/detect/look-queue.ts";

const takeAll = (queue: LookQueue<string>) => {
	const taken: string[] = [];
	for (let item = queue.take(); item !== undefined; item = queue.take()) taken.push(item);
	return taken;
};

test("cameras take turns, whoever came first and with how much", () => {
	const queue = new LookQueue<string>(4);
	queue.offer("gate", ["g1", "g2", "g3"]);
	queue.offer("yard", ["y1"]);
	queue.offer("ramp", ["r1", "r2"]);
	expect(takeAll(queue)).toEqual(["g1", "y1", "r1", "g2", "r2", "g3"]);
});

test("a camera that floods is refused as a whole, the others are not", () => {
	const queue = new LookQueue<string>(2);
	expect(queue.offer("gate", ["g1", "g2"])).toBe(true);
	expect(queue.offer("gate", ["g3"])).toBe(false);
	expect(queue.offer("yard", ["y1", "y2", "y3"])).toBe(false);
	expect(queue.offer("yard", ["y1", "y2"])).toBe(true);
	expect(takeAll(queue)).toEqual(["g1", "y1", "g2", "y2"]);
});

test("what nobody waits for any more is dropped", () => {
	const queue = new LookQueue<string>(4);
	queue.offer("gate", ["g1", "g2"]);
	queue.offer("yard", ["y1"]);
	queue.drop((item) => item.startsWith("g"));
	expect(queue.size).toBe(1);
	expect(takeAll(queue)).toEqual(["y1"]);
});
