import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { mkdirSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { FileStore } from "@tus/file-store";
import { ERRORS, Server as TusServer, type ServerOptions, type Upload } from "@tus/server";
import { evidenceUploadMetadata } from "#contract/edge-api.ts";
import { problemsOf } from "#platform/input-error.ts";
import { type EdgeRow, findEdge } from "../edges/edges-store.ts";
import { ApiError, badInput, notAnEdge, notFound } from "../http/api-error.ts";
import { isStorageFailure, storageFailure } from "../http/errors.ts";
import type { ServerParts } from "../server-parts.ts";
import { admitEvidence, storeEvidence } from "./evidence-actions.ts";
import { refuseWhenFull } from "./refuse-when-full.ts";
import { uploadsFolder } from "./evidence-files.ts";
import { dropUnlessSameBoot } from "./uploads-of-this-boot.ts";

export const evidencePath = "/api/edge/evidence";

type TusRequest = Parameters<NonNullable<ServerOptions["onUploadCreate"]>>[0];

/** Resumable uploads by the tus protocol (1.0); what has come whole is given to `storeEvidence`. */
export class EvidenceUpload {
	readonly #parts: ServerParts;
	readonly #folder: string;
	readonly #datastore: FileStore;
	readonly #tus: TusServer;
	readonly #callers = new WeakMap<IncomingMessage, EdgeRow>();
	/** Uploads that are being taken in: two requests must not do it at once. */
	readonly #finishing = new Map<string, Promise<void>>();

	constructor(parts: ServerParts) {
		this.#parts = parts;
		this.#folder = uploadsFolder(parts.config.dataFolder);
		mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
		dropUnlessSameBoot(this.#folder);
		this.#datastore = new FileStore({ directory: this.#folder });
		this.#tus = new TusServer({
			path: evidencePath,
			datastore: this.#datastore,
			relativeLocation: true,
			allowedOrigins: [], // no browser uploads evidence
			maxSize: parts.config.evidence.maxFileBytes,
			namingFunction: (request) => `${this.#callerOf(request).id}.${randomBytes(16).toString("hex")}`,
			onUploadCreate: (request, upload) => this.#admit(this.#callerOf(request), upload),
			onIncomingRequest: (request, id) => this.#look(request, id),
			onUploadFinish: async (request, upload) => {
				await this.#finish(this.#callerOf(request), upload);
				return {};
			},
			onResponseError: (_request, error) => this.#explain(error),
		});
	}

	/** Answers the request of an edge that the guard has let in. */
	async handle(request: IncomingMessage, response: ServerResponse, edge: EdgeRow): Promise<void> {
		this.#callers.set(request, edge);
		await this.#tus.handle(request, response);
	}

	/** Uploads that nobody went on with. */
	async removeOlderThan(at: number): Promise<void> {
		for (const name of await readdir(this.#folder)) {
			if (name.startsWith(".")) continue;
			const file = join(this.#folder, name);
			const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
			if (mtimeMs < at) await rm(file, { force: true });
		}
	}

	#callerOf(request: TusRequest): EdgeRow {
		const raw = request.runtime?.node?.req as IncomingMessage | undefined;
		const edge = raw && this.#callers.get(raw);
		if (!edge) throw new Error("an upload came past the guard");
		return edge;
	}

	async #admit(edge: EdgeRow, upload: Upload): Promise<object> {
		if (!upload.size) throw refusal(badInput({ path: "Upload-Length", message: "must be there and above 0" }));
		await admitEvidence(this.#parts, edge, metadataOf(upload), upload.size).catch(rethrow);
		return {};
	}

	/** The first part of an upload's name is the edge that began it; another edge's upload is none to this one. */
	async #look(request: TusRequest, id: string): Promise<void> {
		const edge = this.#callerOf(request);
		if (id.split(".", 1)[0] !== edge.id) throw gone();
		if (request.method === "PATCH") await refuseWhenFull(this.#parts.config).catch(rethrow);
		if (request.method !== "HEAD") return;
		// Cut off after the last byte and before it was taken in: a client that is told the full offset would believe that
		// all is done. So it is done now; then the upload is gone, and asking to begin anew answers `already_stored`.
		const upload = await this.#datastore.getUpload(id).catch(() => Promise.reject(gone()));
		if (upload.size !== undefined && upload.offset === upload.size) await this.#finish(edge, upload);
	}

	#finish(edge: EdgeRow, upload: Upload): Promise<void> {
		const going = this.#finishing.get(upload.id);
		if (going) return going;
		const finishing = this.#takeIn(edge, upload).finally(() => this.#finishing.delete(upload.id));
		this.#finishing.set(upload.id, finishing);
		return finishing;
	}

	async #takeIn(edge: EdgeRow, upload: Upload): Promise<void> {
		const file = join(this.#folder, upload.id);
		const whole = { file, metadata: metadataOf(upload), bytes: upload.size ?? 0 };
		try {
			// It may have been revoked while its bytes came.
			const now = findEdge(this.#parts.store, edge.id);
			if (now?.revokedAt !== null || now.tokenHash !== edge.tokenHash) throw notAnEdge();
			await storeEvidence(this.#parts, edge, whole);
			const { alertId, evidenceId } = whole.metadata;
			this.#parts.log.info({ edge: edge.id, alertId, evidence: evidenceId }, "evidence is stored");
		} catch (error) {
			if (error instanceof ApiError && error.status === 422) await rm(`${file}.json`, { force: true });
			throw refusal(error);
		}
		await rm(`${file}.json`, { force: true });
	}

	async #explain(error: unknown): Promise<Refusal | undefined> {
		if (error instanceof Refusal) return undefined;
		if ((error as Partial<Refusal>).body?.includes("receiving the file")) {
			// The datastore keeps its cause to itself; a full disk is the likeliest.
			const full = await refuseWhenFull(this.#parts.config).catch(refusal);
			return full ?? refusal(storageFailure({ code: "EIO" }));
		}
		const { status_code: status } = error as Partial<Refusal>;
		// Two requests for one upload met. Not tus' 409 and 400: for an edge 409 is "stored already" and 400 "never".
		if (status === 409 || error === ERRORS.ABORTED) return refusal(new ApiError(423, "busy", "Ask for the offset."));
		if (status !== undefined) return undefined;
		if (isStorageFailure(error)) {
			const { code } = error as NodeJS.ErrnoException;
			this.#parts.log.warn({ code }, "evidence cannot be written; edges keep theirs and try again");
		} else this.#parts.log.error({ err: error }, "an upload of evidence failed unexpectedly");
		return refusal(error);
	}
}

/** The form in which the tus server takes refusals. */
class Refusal extends Error {
	readonly status_code: number;
	readonly body: string;

	constructor({ status, answer }: ApiError) {
		super(answer.message);
		this.status_code = status;
		this.body = JSON.stringify(answer);
	}
}

const gone = () => new Refusal(notFound("upload"));

function refusal(error: unknown): Refusal {
	if (error instanceof ApiError) return new Refusal(error);
	if (isStorageFailure(error)) return refusal(storageFailure(error));
	return refusal(new ApiError(500, "internal", "The upload failed here; the log says why."));
}

function rethrow(error: unknown): never {
	throw refusal(error);
}

function metadataOf(upload: Upload) {
	const parsed = evidenceUploadMetadata.safeParse(upload.metadata ?? {});
	if (parsed.success) return parsed.data;
	return rethrow(
		badInput(...problemsOf(parsed.error).map(({ path, message }) => ({ path: `Upload-Metadata.${path}`, message }))),
	);
}
