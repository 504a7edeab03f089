import { fillTensor } from "../detect/picture-tensor.ts";
import { fitRegion, type Letterbox } from "../detect/letterbox.ts";
import type { ModelSession } from "../detect/model-session.ts";
import type { FinderSpec } from "../models/model-manifest.ts";
import type { PlatePlace } from "./plate-place.ts";
import type { Quad } from "./quad.ts";
import { textBoxes } from "./text-boxes.ts";
import type { Picture } from "./warp.ts";
import { decodeY5fu } from "./y5fu-boxes.ts";

/** Text is found best where its letters are neither tiny nor huge: small pictures are enlarged, twice at most. */
const leastTextSide = 640;

/** Where a picture may have plates, the surest first. */
export async function findPlaces(session: ModelSession, spec: FinderSpec, picture: Picture): Promise<PlatePlace[]> {
	const letterbox = letterboxFor(spec, picture);
	const { inputWidth: width, inputHeight: height } = letterbox;
	const tensor = new Float32Array(3 * width * height);
	fillTensor(letterbox, picture.rgb, spec.input, tensor);
	const [output] = (await session.run(tensor, width, height)).values();
	if (!output) throw new Error("the plate finder gave nothing");
	const found: PlatePlace[] =
		spec.family === "y5fu"
			? decodeY5fu(output, spec.minConfidence)
			: textBoxes(output.data, width, height).map((box) => ({ ...box, rows: "text" }));
	return found
		.map((place) => ({
			...place,
			quad: toPicture(letterbox, place.quad),
			sheared: place.sheared ? toPicture(letterbox, place.sheared) : null,
		}))
		.sort((a, b) => b.confidence - a.confidence);
}

function letterboxFor({ family, input }: FinderSpec, { width, height }: Picture): Letterbox {
	const region = { x: 0, y: 0, width, height };
	if (input.multipleOf === null) return fitRegion(region, { width: input.maxSide, height: input.maxSide }, input.fit);
	const long = Math.max(width, height);
	const scale =
		family === "text-map" ? Math.min(input.maxSide / long, Math.max(1, Math.min(2, leastTextSide / long))) : 1;
	const step = input.multipleOf;
	const side = (pixels: number) => Math.max(1, Math.ceil((pixels * scale) / step)) * step;
	return fitRegion(region, { width: side(width), height: side(height) }, input.fit);
}

function toPicture({ region, left, top, scaleX, scaleY }: Letterbox, quad: Quad): Quad {
	return quad.map(([x, y]) => [region.x + (x - left) / scaleX, region.y + (y - top) / scaleY]) as unknown as Quad;
}
