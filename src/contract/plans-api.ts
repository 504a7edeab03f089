import { z } from "zod";
import { idSchema, instantSchema, madeIdSchema } from "./ids.ts";

/**
 * Plans of sites, with cameras and lanes on them: no outside map is needed.
 *
 *     GET    /api/plans                      plansAnswer: of the sites that one may watch
 *     PUT    /api/plans/<site>/picture       the picture's bytes -> planAnswer (configure). 413, 415, 422 wrong_content, 507
 *     PUT    /api/plans/<site>/marks         marksBody -> planAnswer (configure); 409 changed_meanwhile
 *     DELETE /api/plans/<site>               204 (configure)
 *     GET    /api/plans/<site>/picture       the picture; `?v=` is for the browser's cache
 *
 * JPEG or PNG, by content and whatever the request calls it: a drawing that is a program (SVG, PDF) is refused. Kept as
 * JPEG, upright, decoded and written anew, of at most 4096 pixels.
 */
export const maxPlanBytes = 50_000_000;
export const maxPlanMegapixels = 60;
export const planContentTypes = ["image/jpeg", "image/png"] as const;

const share = z.number().min(0).max(1);
/** Normalised to the picture, origin top left. */
const point = z.tuple([share, share]);

export const planMarks = z.strictObject({
	cameras: z.array(z.strictObject({ cameraId: idSchema, at: point })).max(500),
	/** A line along the lane. */
	lanes: z.array(z.strictObject({ laneId: idSchema, points: z.array(point).min(2).max(12) })).max(1000),
	/** Gates, bollards, hydrants and aerial sites of the site's card (site-cards-api.ts). Plans drawn before these have none. */
	features: z
		.array(z.strictObject({ featureId: madeIdSchema, at: point }))
		.max(300)
		.default([]),
});
/** `revision`: of the plan that was changed. */
export const marksBody = z.strictObject({ revision: z.number().int(), marks: planMarks });

export const planAnswer = z.object({
	siteId: idSchema,
	pictureId: madeIdSchema,
	widthPx: z.number().int(),
	heightPx: z.number().int(),
	marks: planMarks,
	revision: z.number().int(),
	by: z.string(),
	changedAt: instantSchema,
});
/** `plan` null where none was uploaded. */
export const sitePlanAnswer = z.object({ siteId: idSchema, siteName: z.string(), plan: planAnswer.nullable() });
/** Of all sites that there are. */
export const plansAnswer = z.object({ sites: z.array(sitePlanAnswer) });

export type PlanMarks = z.infer<typeof planMarks>;
export type PlanAnswer = z.infer<typeof planAnswer>;
export type SitePlanAnswer = z.infer<typeof sitePlanAnswer>;
export type PlansAnswer = z.infer<typeof plansAnswer>;
