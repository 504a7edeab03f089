import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AlertRaisedMessage, alertMessage, laneStateMessage } from "#contract/messages/index.ts";
import { polygonArea } from "#core/geometry/polygon.ts";
import type { Polygon } from "#core/geometry/shapes.ts";
import type { OccupancyPeriod } from "#core/occupancy/types.ts";
import { alertMessageOf, laneStateMessageOf } from "../../edge/alert-messages.ts";

const period: OccupancyPeriod = {
	occupancyId: "lane-1-1795366800000",
	zoneId: "lane-1",
	cause: "vehicle",
	label: "truck",
	confidence: 0.9,
	box: { x1: 0.1, y1: 0.2, x2: 0.3, y2: 0.4 },
	outline: [],
	clearance: null,
	enteredAt: 1_795_366_800_000,
	raisedAt: 1_795_366_920_000,
	clearedAt: null,
};

describe("alert messages", () => {
	test("of one occupancy carry its id, and their own from it", () => {
		const raised = alertMessageOf({ kind: "raised", zoneId: "lane-1", at: period.raisedAt, period }, "cam-1");
		const cleared = alertMessageOf(
			{ kind: "cleared", zoneId: "lane-1", at: period.raisedAt + 60_000, period, by: "camera" },
			"cam-1",
		);
		expect([raised?.id, raised?.alertId]).toEqual(["lane-1-1795366800000.raised", "lane-1-1795366800000"]);
		expect([cleared?.id, cleared?.alertId]).toEqual(["lane-1-1795366800000.cleared", "lane-1-1795366800000"]);
		expect(alertMessage.parse(raised)).toEqual(raised);
		expect(alertMessage.parse(cleared)).toEqual(cleared);
	});

	test("of piled goods carry the outline, within the bounds of the schema; of vehicles none", () => {
		const round: Polygon = Array.from({ length: 100 }, (_, i) => {
			const angle = (i / 100) * 2 * Math.PI;
			return [0.5 + 0.6 * Math.cos(angle), 0.5 + 0.6 * Math.sin(angle)];
		});
		const specks = Array.from({ length: 9 }, (_, i): Polygon => [
			[0.1, 0.1],
			[0.1 + i / 100, 0.1],
			[0.1, 0.2],
		]);
		const outlineOf = (outline: readonly Polygon[]) => {
			const message = alertMessageOf(
				{ kind: "raised", zoneId: "lane-1", at: period.raisedAt, period: { ...period, cause: "object", outline } },
				"cam-1",
			);
			return alertMessage.parse(message) as AlertRaisedMessage;
		};
		expect(outlineOf([])).not.toHaveProperty("outline");
		const { outline } = outlineOf([...specks, round]);
		expect(outline).toHaveLength(8);
		expect(outline?.[0]).toHaveLength(40);
		expect(polygonArea(outline?.[0] ?? [])).toBeGreaterThan(0.85); // the circle, cut at the picture's edges
		expect(outline?.[0]?.flat().every((value) => value >= 0 && value <= 1)).toBe(true);
	});

	test("of other events: none", () => {
		expect(alertMessageOf({ kind: "left", zoneId: "lane-1", at: 5 }, "cam-1")).toBeNull();
	});

	test("are never such that the server must refuse them, whatever the box and the label", () => {
		const coordinate = fc.double({ min: -0.5, max: 1.5, noNaN: true });
		fc.assert(
			fc.property(
				fc.record({ x1: coordinate, y1: coordinate, x2: coordinate, y2: coordinate }),
				fc.string({ minLength: 1, maxLength: 100 }),
				fc.double({ min: -1, max: 2, noNaN: true }),
				fc.double({ min: 0, max: 4e12, noNaN: true }),
				(box, label, confidence, enteredAt) => {
					const message = alertMessageOf(
						{
							kind: "raised",
							zoneId: "lane-1",
							at: enteredAt + 0.5,
							period: { ...period, box, label, confidence, enteredAt, raisedAt: enteredAt + 0.5 },
						},
						"cam-1",
					);
					return alertMessage.safeParse(message).success;
				},
			),
		);
	});
});

test("a lane that is unknown while its occupancy goes on names the alert", () => {
	const message = laneStateMessageOf(
		{
			zoneId: "lane-1",
			state: "unknown",
			reason: "stream_lost",
			since: 12.5,
			open: period,
			clearance: null,
			watchedSince: 3,
			blindMs: 7,
		},
		"cam-1",
		20,
	);
	expect(laneStateMessage.parse(message)).toMatchObject({
		alertId: period.occupancyId,
		reason: "stream_lost",
		watchedSince: 3,
		blindMs: 7,
	});
});
