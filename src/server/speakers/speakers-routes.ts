import { z } from "zod";
import { saidBody } from "#contract/edge-jobs.ts";
import { idSchema, madeIdSchema } from "#contract/ids.ts";
import { maxSoundBytes, soundAnswer, soundQuery, soundTryAnswer } from "#contract/sounds-api.ts";
import type { App } from "../http/app-type.ts";
import { edgeOf, personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { finishSayJob } from "./say.ts";
import { readSoundOf, recordSound, removeSound, requireSound } from "./sounds-actions.ts";
import { readTry, trySound } from "./tries.ts";
import { writeWav } from "./write-wav.ts";

const tags = ["cameras"];
const config = { access: { right: "configure", of: { id: "camera" } } } as const;
const params = z.object({ id: idSchema });

/** Cameras' own loudspeakers: what they say, and "say it now". */
export function speakersRoutes(app: App, parts: ServerParts): void {
	const { store } = parts;
	const closing = new AbortController();
	app.addHook("onClose", async () => closing.abort());
	// Whatever a browser calls a recording: its first bytes say what it is.
	app.addContentTypeParser(/^audio\//, { parseAs: "buffer", bodyLimit: maxSoundBytes }, (_request, body, done) =>
		done(null, body),
	);

	app.get(
		"/api/cameras/:id/sound",
		{ config, schema: { tags, summary: "What its loudspeaker says", params, response: { 200: soundAnswer } } },
		async (request, reply) => reply.header("cache-control", "no-store").send(readSoundOf(store, request.params.id)),
	);

	app.put(
		"/api/cameras/:id/sound",
		{
			config,
			bodyLimit: maxSoundBytes,
			schema: {
				tags,
				summary: "What its loudspeaker is to say; takes the place of the one before",
				consumes: ["audio/wav", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/flac", "audio/amr"],
				params,
				querystring: soundQuery,
				body: z.instanceof(Buffer, { error: "must be sent as audio/wav, audio/mpeg …" }),
				response: { 200: soundAnswer },
			},
		},
		async (request) => {
			const { words } = request.query;
			return recordSound(parts, request.params.id, { words, bytes: request.body }, personOf(request));
		},
	);

	app.delete(
		"/api/cameras/:id/sound",
		{ config, schema: { tags, summary: "It is to say nothing", params, response: { 204: z.null() } } },
		async (request, reply) => {
			removeSound(store, request.params.id);
			return reply.code(204).send(null);
		},
	);

	app.get(
		"/api/cameras/:id/sound/recording",
		{ config, schema: { tags, summary: "What it says, to be heard", params } },
		async (request, reply) =>
			reply
				.header("cache-control", "no-store")
				.header("content-disposition", `inline; filename="${request.params.id}.wav"`)
				.type("audio/wav")
				.send(writeWav(requireSound(store, request.params.id).muLaw)),
	);

	app.post(
		"/api/cameras/:id/sound/try",
		{ config, schema: { tags, summary: "Say it now", params, response: { 202: soundTryAnswer } } },
		async (request, reply) => reply.code(202).send(trySound(parts, request.params.id, closing.signal)),
	);

	app.get(
		"/api/cameras/:id/sound/try",
		{ config, schema: { tags, summary: "What came of it", params, response: { 200: soundTryAnswer } } },
		async (request, reply) => reply.header("cache-control", "no-store").send(readTry(parts, request.params.id)),
	);

	app.put(
		"/api/edge/jobs/:id/said",
		{
			config: { access: "edge" },
			schema: {
				tags: ["edge"],
				summary: "What became of what a loudspeaker was to say",
				params: z.object({ id: madeIdSchema }),
				body: saidBody,
				response: { 204: z.null() },
			},
		},
		async (request, reply) => {
			finishSayJob(parts, edgeOf(request), request.params.id, request.body);
			return reply.code(204).send(null);
		},
	);
}
