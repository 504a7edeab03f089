import { z } from "zod";
import { noPlate } from "#core/plates/characters.ts";
import type { EvidenceItemBody } from "#contract/evidence-set.ts";
import type { EvidenceKind } from "#contract/evidence-kinds.ts";
import type { TransferFacts } from "../transfers/transfer-facts.ts";
import { clueNote } from "./letter-words.ts";
import { compactTime } from "./local-words.ts";
import {
	imageSubtype,
	imageTypeCodes,
	motorVehicleSubtype,
	otherClassCode,
	otherColourCode,
	plateClassCodes,
	plateColourCodes,
} from "./viid-codes.ts";

/**
 * A clue as GA/T 1400 (VIID) writes vehicles and cases, for programs that know that. Lengths of ids and code tables are
 * those in common use; the standard's own text was not at hand. Ids need the camera's GB/T 28181 number: without it they
 * are left out, and `Incomplete` says so. A case's id is the receiver's to give.
 */
const digits = (length: number) => z.string().regex(new RegExp(`^\\d{${length}}$`));
const time = digits(14);
const imageSchema = z.strictObject({
	/** The camera (20), kind (2), time (14) and serial (5). */
	ImageID: digits(41).optional(),
	Type: z.string(),
	FileFormat: z.literal("Jpeg"),
	ShotTime: time,
	Width: z.number().int().optional(),
	Height: z.number().int().optional(),
	/** In this package. */
	StoragePath: z.string(),
	/** SHA-256. */
	FileHash: z.string(),
});
const motorVehicleSchema = z.strictObject({
	/** That of its image (41), kind (2) and serial (5). */
	MotorVehicleID: digits(48).optional(),
	SourceID: digits(41).optional(),
	DeviceID: digits(20).optional(),
	/** 1: taken by a program. */
	InfoKind: z.literal(1),
	StorageUrl1: z.string(),
	StorageUrl2: z.string().optional(),
	StorageUrl3: z.string().optional(),
	/** Pixels of the image of SourceID. */
	LeftTopX: z.number().int().optional(),
	LeftTopY: z.number().int().optional(),
	RightBtmX: z.number().int().optional(),
	RightBtmY: z.number().int().optional(),
	AppearTime: time,
	DisappearTime: time.optional(),
	PassTime: time,
	HasPlate: z.enum(["0", "1"]).optional(),
	PlateClass: z.string(),
	PlateColor: z.string(),
	/** "-" for each character that was not read, 无车牌 where none was. */
	PlateNo: z.string().min(1).max(15),
	SubImageList: z.strictObject({ SubImageInfoObject: z.array(imageSchema) }),
});
export const clueSchema = z.strictObject({
	Note: z.literal(clueNote),
	Number: z.string(),
	Incomplete: z.array(z.enum(["DeviceID"])),
	CaseInfo: z.strictObject({
		CaseName: z.string(),
		CaseAbstract: z.string(),
		TimeLowLimit: time,
		TimeUpLimit: time,
		PlaceFullAddress: z.string(),
		CreatorName: z.string(),
		CreatorOrg: z.string(),
		MotorVehicleIDs: digits(48).optional(),
		LawBasis: z.string(),
	}),
	MotorVehicleListObject: z.strictObject({ MotorVehicleObject: z.array(motorVehicleSchema).length(1) }).optional(),
	ImageListObject: z.strictObject({ Image: z.array(imageSchema) }),
});
export type Clue = z.infer<typeof clueSchema>;

/** How a file of evidence is called in the package; null where it is not in it. */
export type NameInPackage = (evidenceId: string) => string | null;

export function clueOf(facts: TransferFacts, nameOf: NameInPackage): Clue {
	const { alert, timeZone } = facts;
	const deviceId = alert.evidenceSet?.place?.gbId ?? null;
	const images = imagesOf(facts, deviceId, nameOf);
	const vehicle = alert.cause === "vehicle" ? vehicleOf(facts, deviceId, images) : null;
	return {
		Note: clueNote,
		Number: facts.number,
		Incomplete: deviceId ? [] : ["DeviceID"],
		CaseInfo: {
			CaseName: `${alert.laneName || alert.laneId} ${alert.cause === "vehicle" ? "车辆" : "堆物"}占用`,
			CaseAbstract: `${facts.site.name || facts.site.id}：告警 ${alert.id}，${clueNote}`,
			TimeLowLimit: compactTime(timeZone, alert.enteredAt),
			TimeUpLimit: compactTime(timeZone, alert.clearedAt ?? facts.madeAt),
			PlaceFullAddress: [facts.site.name || facts.site.id, alert.laneName || alert.laneId].join(" "),
			CreatorName: facts.reviews.map(({ by }) => by).join("、"),
			CreatorOrg: facts.site.name || facts.site.id,
			...(vehicle?.MotorVehicleID ? { MotorVehicleIDs: vehicle.MotorVehicleID } : {}),
			LawBasis: facts.lawBasis.text,
		},
		...(vehicle ? { MotorVehicleListObject: { MotorVehicleObject: [vehicle] } } : {}),
		ImageListObject: { Image: images.map(({ image }) => image) },
	};
}

interface NamedImage {
	readonly kind: EvidenceKind;
	readonly item: EvidenceItemBody | undefined;
	readonly image: z.infer<typeof imageSchema>;
}

function imagesOf({ alert, timeZone }: TransferFacts, deviceId: string | null, nameOf: NameInPackage): NamedImage[] {
	return alert.evidence.flatMap(({ id, kind, capturedAt, sha256 }, at): NamedImage[] => {
		const [type, path] = [imageTypeCodes[kind], nameOf(id)];
		if (!type || path === null) return [];
		const item = alert.evidenceSet?.items.find((each) => each.id === id);
		const shotTime = compactTime(timeZone, capturedAt);
		const image = {
			...(deviceId ? { ImageID: `${deviceId}${imageSubtype}${shotTime}${serial(at + 1)}` } : {}),
			...{ Type: type, FileFormat: "Jpeg" as const, ShotTime: shotTime },
			...(item?.widthPx && item.heightPx ? { Width: item.widthPx, Height: item.heightPx } : {}),
			...{ StoragePath: path, FileHash: sha256 },
		};
		return [{ kind, item, image }];
	});
}

function vehicleOf(facts: TransferFacts, deviceId: string | null, images: readonly NamedImage[]) {
	const { alert, plate, timeZone } = facts;
	const pathOf = (kind: EvidenceKind) => images.find((each) => each.kind === kind)?.image.StoragePath;
	const source = images.find(({ kind }) => kind === "panorama_entry") ?? images[0];
	const sourceId = source?.image.ImageID;
	const [near, close, far] = [pathOf("panorama_confirmed"), pathOf("plate"), pathOf("panorama_entry")];
	return {
		...(sourceId ? { MotorVehicleID: `${sourceId}${motorVehicleSubtype}${serial(1)}`, SourceID: sourceId } : {}),
		...(deviceId ? { DeviceID: deviceId } : {}),
		InfoKind: 1 as const,
		StorageUrl1: near ?? far ?? "",
		...(close ? { StorageUrl2: close } : {}),
		...(far ? { StorageUrl3: far } : {}),
		...(source?.kind === "panorama_entry" ? boxOf(facts, source.item) : {}),
		AppearTime: compactTime(timeZone, alert.enteredAt),
		...(alert.clearedAt === null || alert.clearedBy !== "camera"
			? {}
			: { DisappearTime: compactTime(timeZone, alert.clearedAt) }),
		PassTime: compactTime(timeZone, alert.enteredAt),
		...(plate ? { HasPlate: plate.text === noPlate ? ("0" as const) : ("1" as const) } : {}),
		PlateClass: codeOf(plateClassCodes, plate?.plateClass) ?? otherClassCode,
		PlateColor: codeOf(plateColourCodes, plate?.colour) ?? otherColourCode,
		PlateNo: plate?.text ?? noPlate,
		SubImageList: { SubImageInfoObject: images.map(({ image }) => image) },
	};
}

/** Where the vehicle stands in P1. */
function boxOf({ alert }: TransferFacts, item: EvidenceItemBody | undefined) {
	const box = alert.evidenceSet?.stillness?.boxes.entry;
	const { widthPx, heightPx } = item ?? {};
	if (!box || !widthPx || !heightPx) return {};
	const [x1, y1, x2, y2] = box;
	const pixel = (share: number, of: number) => Math.round(share * of);
	return {
		...{ LeftTopX: pixel(x1, widthPx), LeftTopY: pixel(y1, heightPx) },
		...{ RightBtmX: pixel(x2, widthPx), RightBtmY: pixel(y2, heightPx) },
	};
}

const codeOf = (codes: Readonly<Record<string, string>>, word: string | null | undefined): string | undefined =>
	word && Object.hasOwn(codes, word) ? codes[word] : undefined;

const serial = (number: number) => String(number).padStart(5, "0");
