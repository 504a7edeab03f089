import { InputError } from "#platform/input-error.ts";
import { ModelSession } from "../detect/model-session.ts";
import type { OutputTensor } from "../detect/raw-box.ts";
import { lineClassCount } from "../plates/line-classes.ts";
import type { FinderSpec, KnownModel, ReaderSpec } from "./model-manifest.ts";

const readerHeight = 48;

/**
 * Runs a model that finds or reads plates over a grey picture: whether its outputs are those of its family.
 * @param file what to call the model in messages
 * @throws InputError
 */
export async function checkPlateModel(model: KnownModel, weights: Uint8Array, file: string): Promise<void> {
	const spec = model.spec as FinderSpec | ReaderSpec;
	const side = spec.family === "y5fu" ? spec.input.maxSide : 160;
	const size = { width: side, height: spec.family === "ppocr-line" ? readerHeight : side };
	const session = await ModelSession.open(weights).catch((cause: unknown) => {
		throw new InputError(`${file}: cannot be opened as a model: ${firstLine(cause)}`, { cause });
	});
	try {
		const picture = new Float32Array(3 * size.width * size.height).fill(0.5);
		const tensors = await session.run(picture, size.width, size.height).catch((cause: unknown) => {
			throw new InputError(`${file}: cannot be run on ${size.width} x ${size.height}: ${firstLine(cause)}`, { cause });
		});
		const [first] = tensors.values();
		const { fits, words } = expectedOf(spec.family, size, first);
		if (fits) return;
		const found = first ? `[${first.dims.join(", ")}]` : "nothing";
		throw new InputError(`${file}: is not of the family ${spec.family}: it gives ${found}; there should be ${words}`);
	} finally {
		await session.close();
	}
}

function expectedOf(
	family: FinderSpec["family"] | ReaderSpec["family"],
	{ width, height }: { width: number; height: number },
	output: OutputTensor | undefined,
) {
	const dims = output?.dims ?? [];
	switch (family) {
		case "text-map":
			return { fits: dims.join() === [1, 1, height, width].join(), words: `[1, 1, ${height}, ${width}]` };
		case "y5fu":
			return { fits: dims.length === 3 && dims[2] === 15, words: "[1, N, 15]" };
		case "ppocr-line":
			return { fits: dims.length === 3 && dims[2] === lineClassCount, words: `[1, steps, ${lineClassCount}]` };
	}
}

const firstLine = (error: unknown) => String((error as Error).message ?? error).split("\n", 1)[0] ?? "";
