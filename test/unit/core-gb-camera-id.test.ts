import { expect, test } from "vitest";
import { cameraBody } from "#contract/cameras-api.ts";
import { problemOfGbId } from "#core/evidence/gb-camera-id.ts";

test.each([
	["15020301011320000001", null],
	["34020000001310000001", null],
	["1502030101132000000", "not_20_digits"],
	["150203010113200000012", "not_20_digits"],
	["1502 0301011320000001", "not_20_digits"],
	["１５０２０３０１０１１３２０００００１", "not_20_digits"],
	["00020301011320000001", "no_division"],
	["99020301011320000001", "no_division"],
	["15020301011180000001", "not_a_camera"], // a recorder
	["15020301011370000001", "not_a_camera"], // a loudspeaker
])("%s: %s", (text, problem) => expect(problemOfGbId(text)).toBe(problem));

test("a camera with a wrong number is refused with a sentence that says what is allowed", () => {
	const body = { name: "gate", edgeId: "edge-1", url: "rtsp://camera/1", gbId: "15020301011180000001" };
	const [issue] = cameraBody.safeParse(body).error?.issues ?? [];
	expect(issue).toMatchObject({ path: ["gbId"] });
	expect(issue?.message).toContain("must have a camera's type (131 or 132) as its digits 11 to 13");
});
