import { z } from "zod";
import { alertAnswer } from "./alerts-api.ts";
import { instantSchema } from "./ids.ts";

/**
 * What a guard's phone asks for. Actions go by `POST /api/alerts/<id>/handling` (handling-api.ts), with an id and the
 * phone's own times, so that they may be sent late and again.
 *
 *     GET    /api/dispatches                                   dispatchesAnswer
 *     PUT    /api/alerts/<id>/handling/photos/<photo id>       image/jpeg or image/png, photoQuery -> 201 handlingAnswer;
 *                                                              the same id again: 200; 413, 415, 422 for what is no picture
 *     GET    /api/handling-photos/<photo id>                   image/jpeg
 */
export const dispatchesAnswer = z.object({
	/** By the server's clock. */
	now: instantSchema,
	/** Given to the asker, and not done. */
	mine: z.array(alertAnswer),
	/** What else is open. */
	others: z.array(alertAnswer),
});

export const photoMoments = ["before", "after"] as const;

export const photoQuery = z.object({
	moment: z.enum(photoMoments),
	/** By the phone's clock: when it was taken, and when it is sent. */
	doneAt: z.coerce.number().pipe(instantSchema),
	sentAt: z.coerce.number().pipe(instantSchema),
});

export const maxPhotoBytes = 15_000_000;

export type DispatchesAnswer = z.infer<typeof dispatchesAnswer>;
export type PhotoMoment = (typeof photoMoments)[number];
