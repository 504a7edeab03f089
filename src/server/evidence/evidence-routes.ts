import { z } from "zod";
import { playableAnswer } from "#contract/alerts-api.ts";
import { madeIdSchema } from "#contract/ids.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import type { App } from "../http/app-type.ts";
import { edgeOf, personOf } from "../http/guard.ts";
import { sendFile } from "../http/send-file.ts";
import { noteViewed } from "../ledger/ledger-actions.ts";
import type { ServerParts } from "../server-parts.ts";
import { evidenceFile, playableFolder } from "./evidence-files.ts";
import { findEvidence, type EvidenceRow } from "./evidence-store.ts";
import { EvidenceUpload, evidencePath } from "./evidence-upload.ts";
import { PlayableClips } from "./playable-clips.ts";

const tags = ["evidence"];
const params = z.object({ id: madeIdSchema });

export function evidenceRoutes(
	app: App,
	parts: ServerParts,
): { removeStaleUploads: (before: number) => Promise<void> } {
	const { config, store, log } = parts;
	const upload = new EvidenceUpload(parts);
	const clips = new PlayableClips(playableFolder(config.dataFolder), log, config.evidence);
	app.addHook("onClose", () => clips.stop());

	app.get(
		"/api/evidence/:id",
		{
			config: { access: { right: ["watch", "receive"], of: { id: "evidence" } } },
			schema: { tags, summary: "The bytes as they were uploaded", params },
		},
		async (request, reply) => {
			const evidence = requireEvidence(request.params.id);
			noteViewed(parts, personOf(request), evidence);
			return sendFile(request, reply, {
				...evidence,
				file: evidenceFile(config.dataFolder, evidence),
				etag: `"${evidence.sha256}"`,
				name: `${evidence.id}.${evidence.contentType === "video/mp4" ? "mp4" : "jpg"}`,
			});
		},
	);

	app.get(
		"/api/evidence/:id/playable",
		{
			config: { access: { right: ["watch", "receive"], of: { id: "evidence" } } },
			schema: { tags, summary: "A copy that browsers play", params, response: { 202: playableAnswer } },
		},
		async (request, reply) => {
			const { id, sha256, bytes, ...evidence } = requireEvidence(request.params.id);
			if (evidence.kind !== "clip") throw notFound("clip");
			const file = evidenceFile(config.dataFolder, { id, ...evidence });
			const playable = await clips.ask(id, { file, bytes });
			if (playable.state === "failed") throw new ApiError(422, "not_playable", "No playable copy can be made.");
			if (playable.state === "working") {
				return reply.code(202).header("cache-control", "no-store").header("retry-after", "1").send(playable);
			}
			noteViewed(parts, personOf(request), { id, ...evidence });
			const etag = `"${sha256}-playable"`;
			return sendFile(request, reply, { ...playable, contentType: "video/mp4", etag, name: `${id}.mp4` });
		},
	);

	function requireEvidence(id: string): EvidenceRow {
		const evidence = findEvidence(store, id);
		if (!evidence) throw notFound("evidence");
		return evidence;
	}

	void app.register(async (scope) => {
		// The upload reads its body itself.
		scope.addContentTypeParser("application/offset+octet-stream", (_request, _payload, done) => done(null));
		const schema = { tags: ["edge"], summary: "Resumable upload by the tus protocol" };
		scope.post(evidencePath, { config: { access: "edge" }, schema }, async (request, reply) => {
			reply.hijack();
			await upload.handle(request.raw, reply.raw, edgeOf(request));
		});
		scope.route({
			method: ["HEAD", "PATCH", "DELETE"],
			url: `${evidencePath}/:upload`,
			config: { access: "edge" },
			schema,
			handler: async (request, reply) => {
				reply.hijack();
				await upload.handle(request.raw, reply.raw, edgeOf(request));
			},
		});
	});

	return { removeStaleUploads: (before) => upload.removeOlderThan(before) };
}
