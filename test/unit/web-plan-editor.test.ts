import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planMarks } from "#contract/plans-api.ts";
import { beginPlan, changePlan, type PlanAction, type PlanEditor } from "../../src/web/pages/plans/plan-editor.ts";

const number = fc.double({ min: -1, max: 2, noNaN: true });
const at = fc.tuple(number, number);
const id = fc.constantFrom("a", "b", "c");
const handle = fc.oneof(
	fc.record({ kind: fc.constant("camera" as const), id }),
	fc.record({ kind: fc.constant("lane" as const), id, index: fc.nat(3) }),
);
const action: fc.Arbitrary<PlanAction> = fc.oneof(
	fc.record({ do: fc.constant("placeCamera" as const), id, at }),
	fc.record({ do: fc.constant("placeLane" as const), id, at }),
	fc.record({ do: fc.constant("move" as const), handle, to: at, gesture: fc.constantFrom("one", "two") }),
	fc.record({ do: fc.constant("bend" as const), laneId: id }),
	fc.record({ do: fc.constant("remove" as const), handle }),
);
const run = (actions: readonly PlanAction[]): PlanEditor =>
	actions.reduce(changePlan, beginPlan({ cameras: [], lanes: [], features: [] }));

describe("the editor of a site's plan", () => {
	it("never draws what the server would not take, and undoes all of it", () => {
		fc.assert(
			fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
				const editor = run(actions);
				expect(planMarks.safeParse(editor.marks).success).toBe(true);
				let back = editor;
				while (back.past.length > 0) back = changePlan(back, { do: "undo" });
				expect(back.marks).toEqual({ cameras: [], lanes: [], features: [] });
				while (back.future.length > 0) back = changePlan(back, { do: "redo" });
				expect(back.marks).toEqual(editor.marks);
			}),
		);
	});

	it("undoes a drag as one, and bends a lane where it is longest", () => {
		const placed = run([{ do: "placeLane", id: "a", at: [0.5, 0.5] }]);
		const end = { kind: "lane", id: "a", index: 1 } as const;
		const drag = (to: readonly [number, number]) => ({ do: "move", handle: end, to, gesture: "drag 1" }) as const;
		const dragged = [drag([0.6, 0.5]), drag([0.8, 0.5]), drag([0.9, 0.5])].reduce<PlanEditor>(changePlan, placed);
		expect(changePlan(dragged, { do: "undo" }).marks).toEqual(placed.marks);
		const bent = changePlan(dragged, { do: "bend", laneId: "a" });
		expect(bent.marks.lanes[0]?.points.map(([x]) => Number(x.toFixed(3)))).toEqual([0.42, 0.66, 0.9]);
	});
});
