import { z } from "zod";
import { checkCalibration } from "#core/clearance/calibration.ts";
import { defaultPolicy, mergePolicies, type Scene, zoneKinds } from "#core/scene.ts";
import { calibrationProblemText, calibrationSchema } from "./calibration.ts";
import { policySchema, polygonSchema } from "./http-api.ts";

/** `SCENE.json`: the zones of one camera and how long things must last. A zone's id may be any short word here. */
const sceneZoneSchema = z.strictObject({
	id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/, "1 to 63 of letters, digits, _ . and -"),
	kind: z.enum(zoneKinds),
	polygon: polygonSchema,
	calibration: calibrationSchema.optional(),
});

export const sceneFileSchema = z
	.strictObject({
		zones: z.array(sceneZoneSchema).min(1, "needs at least one zone").max(32),
		policy: policySchema.partial().default({}),
	})
	.superRefine(({ zones }, context) => {
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
	.transform(({ zones, policy }): Scene => ({ zones, policy: mergePolicies(defaultPolicy, policy) }));
