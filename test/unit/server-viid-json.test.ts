import { describe, expect, it } from "vitest";
import { clueOf, clueSchema } from "../../src/server/documents/viid-json.ts";
import type { TransferFacts } from "../../src/server/transfers/transfer-facts.ts";
import { evidenceSet, facts } from "../support/transfer-facts.ts";

const nameOf = (id: string) => `files/${id}.jpg`;
const clue = (changed: Partial<TransferFacts> = {}) => clueOf({ ...facts, ...changed }, nameOf);
const vehicle = (changed: Partial<TransferFacts> = {}) => clue(changed).MotorVehicleListObject?.MotorVehicleObject[0];

describe("a clue as GA/T 1400 writes it", () => {
	it("has ids of their lengths, local times, and files by their names in the package", () => {
		expect(clueSchema.parse(clue())).toEqual(clue());
		expect(vehicle()).toMatchObject({
			DeviceID: "15020301011320000001",
			SourceID: "15020301011320000001022026112221380000001",
			MotorVehicleID: "150203010113200000010220261122213800000010200001",
			...{ AppearTime: "20261122213800", DisappearTime: "20261122215303", PassTime: "20261122213800" },
			...{ PlateNo: "蒙B12345", HasPlate: "1", PlateClass: "02", PlateColor: "5" },
			...{ LeftTopX: 384, LeftTopY: 324, RightBtmX: 1152, RightBtmY: 864 },
			StorageUrl2: `files/${facts.alert.id}.plate.jpg`,
		});
		expect(clue().CaseInfo.MotorVehicleIDs).toHaveLength(48);
		const ids = clue().ImageListObject.Image.map(({ ImageID }) => ImageID);
		expect(new Set(ids).size).toBe(4);
	});

	it("writes - for what was not read, and 无车牌 where no plate is or could be read", () => {
		const written = (plate: TransferFacts["plate"]) => vehicle({ plate });
		expect(written({ text: "蒙B1-3-5", plateClass: null, colour: "unknown" })).toMatchObject({
			...{ PlateNo: "蒙B1-3-5", HasPlate: "1", PlateClass: "99", PlateColor: "99" },
		});
		expect(written({ text: "无车牌", plateClass: null, colour: null })).toMatchObject({
			PlateNo: "无车牌",
			HasPlate: "0",
		});
		expect(written(null)).toMatchObject({ PlateNo: "无车牌" });
		expect(written(null)).not.toHaveProperty("HasPlate");
	});

	it("tells no departure that no camera saw", () => {
		for (const clearedBy of ["zone_removed", "lost_track"] as const) {
			expect(vehicle({ alert: { ...facts.alert, clearedBy } })).not.toHaveProperty("DisappearTime");
		}
	});

	it("leaves ids out where the camera has no number, and says so; leaves out what is not in the package", () => {
		const place = evidenceSet.place && { ...evidenceSet.place, gbId: null };
		const without = clueOf(
			{ ...facts, alert: { ...facts.alert, clearedAt: null, evidenceSet: { ...evidenceSet, place } } },
			(id) => (id.endsWith("plate") ? null : nameOf(id)),
		);
		expect(clueSchema.parse(without).Incomplete).toEqual(["DeviceID"]);
		const [found] = without.MotorVehicleListObject?.MotorVehicleObject ?? [];
		for (const key of ["MotorVehicleID", "SourceID", "DeviceID", "StorageUrl2", "DisappearTime"])
			expect(found).not.toHaveProperty(key);
	});

	it("of goods is a case with images and without a vehicle; without an evidence set it is still one", () => {
		const alert = { ...facts.alert, cause: "object" as const, evidenceSet: null, evidence: [] };
		const goods = clueSchema.parse(clue({ alert, plate: null }));
		expect(goods).not.toHaveProperty("MotorVehicleListObject");
		expect(goods.CaseInfo).not.toHaveProperty("MotorVehicleIDs");
		expect(JSON.stringify(goods)).toContain("线索，待审核");
		expect(JSON.stringify(goods)).not.toContain("罚");
	});
});
