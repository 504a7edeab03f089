import { z } from "zod";
import type { CameraZone } from "#core/camera.ts";
import { checkPolicy } from "#core/policy/check-policy.ts";
import { layPolicies } from "#core/policy/policy-layers.ts";
import { defaultPolicy, mergePolicies, type Policy, zoneKinds } from "#core/scene.ts";
import { policyKeysSchema, polygonSchema, zoneSchema } from "./zones.ts";
import { checkCalibration } from "#core/clearance/calibration.ts";
import { calibrationProblemText, calibrationSchema } from "./calibration.ts";

/** `SCENE.json`: the zones of one camera and how long things must last. A zone's id may be any short word here. */
const sceneZoneSchema = z.strictObject({
	id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/, "1 to 63 of letters, digits, _ . and -"),
	kind: z.enum(zoneKinds),
	polygon: polygonSchema,
	/** As at the edge. A recording begins on a Thursday, 00:00, by these clocks. */
	policy: zoneSchema.shape.policy,
	hours: zoneSchema.shape.hours,
	armed: zoneSchema.shape.armed,
	calibration: calibrationSchema.optional(),
});

export interface SceneFile {
	readonly zones: readonly CameraZone[];
	/** What holds for a fire lane that has nothing of its own. */
	readonly policy: Policy;
}

export const sceneFileSchema = z
	.strictObject({
		zones: z.array(sceneZoneSchema).min(1, "needs at least one zone").max(32),
		policy: policyKeysSchema.default({}),
	})
	.superRefine(({ zones, policy }, context) => {
		for (const { key, message } of checkPolicy(mergePolicies(defaultPolicy, policy))) {
			context.addIssue({ code: "custom", path: ["policy", key], message });
		}
		zones.forEach(({ id, polygon, calibration }, index) => {
			const wrong = calibration && checkCalibration(polygon, calibration);
			if (wrong) {
				const message = calibrationProblemText[wrong];
				context.addIssue({ code: "custom", path: ["zones", index, "calibration"], message });
			}
			if (zones.findIndex((other) => other.id === id) === index) return;
			context.addIssue({ code: "custom", path: ["zones", index, "id"], message: `"${id}" is used twice` });
		});
	})
	.transform(({ zones, policy }): SceneFile => ({
		zones: zones.map((zone) => cameraZone(zone, policy)),
		policy: mergePolicies(defaultPolicy, policy),
	}));

function cameraZone(
	{ id, kind, polygon, calibration, policy, hours, armed }: z.infer<typeof sceneZoneSchema>,
	ofScene: z.infer<typeof policyKeysSchema>,
): CameraZone {
	const laid = layPolicies(defaultPolicy, kind, { policy: ofScene }, { policy, hours });
	const zone = { id, kind, polygon, calibration, policy: laid.policy };
	if (!hours && !armed) return zone;
	return { ...zone, times: { timeZone: "UTC", hours: laid.hours, armed: armed ?? null, permits: [] } };
}
