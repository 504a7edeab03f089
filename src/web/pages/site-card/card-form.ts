import type {
	FeatureKind,
	LaneCard,
	SiteCard,
	SiteCardAnswer,
	SiteContact,
	SiteFeature,
} from "#contract/site-cards-api.ts";

/** What is typed; metres as they stand in the field. */
export interface LaneForm extends Pick<LaneCard, "laneId" | "isOpenAbove" | "entry" | "note"> {
	readonly widthM: string;
	readonly heightM: string;
	readonly turningRadiusM: string;
}
export interface FeatureForm extends Omit<SiteFeature, "widthM" | "heightM" | "lengthM"> {
	readonly widthM: string;
	readonly heightM: string;
	readonly lengthM: string;
}
export interface CardForm {
	readonly lanes: readonly LaneForm[];
	readonly features: readonly FeatureForm[];
	readonly contacts: readonly SiteContact[];
	readonly bestEntry: string;
	readonly otherEntry: string;
}

/** One place of the form, as `features.2.widthM`. */
export type Mistakes = ReadonlyMap<string, "metresWrong" | "nameMissing">;

const text = (metres: number | null) => (metres === null ? "" : String(metres));

/** With a place for every lane of the site. */
export function formOf({ card, lanes }: Pick<SiteCardAnswer, "card" | "lanes">): CardForm {
	return {
		...card,
		lanes: lanes.map(({ laneId }) => {
			const known = card.lanes.find((lane) => lane.laneId === laneId);
			const { isOpenAbove = false, entry = "none", note = "" } = known ?? {};
			return {
				...{ laneId, isOpenAbove, entry, note, widthM: text(known?.widthM ?? null) },
				...{ heightM: text(known?.heightM ?? null), turningRadiusM: text(known?.turningRadiusM ?? null) },
			};
		}),
		features: card.features.map((feature) => ({
			...feature,
			...{ widthM: text(feature.widthM), heightM: text(feature.heightM), lengthM: text(feature.lengthM) },
		})),
	};
}

/** What is sent, and where it cannot be. */
export function cardOf(form: CardForm): { readonly card: SiteCard; readonly mistakes: Mistakes } {
	const mistakes = new Map<string, "metresWrong" | "nameMissing">();
	const metres = (typed: string, place: string): number | null => {
		const value = Number(typed.trim().replace("，", ".").replace(",", "."));
		if (typed.trim() === "") return null;
		if (Number.isFinite(value) && value >= 0.1 && value <= 500) return value;
		mistakes.set(place, "metresWrong");
		return null;
	};
	const named = (name: string, place: string) => {
		if (name.trim() === "") mistakes.set(place, "nameMissing");
		return name.trim();
	};
	const card: SiteCard = {
		lanes: form.lanes.flatMap((lane, index) => {
			if (!isSaidOf(lane)) return [];
			const widthM = metres(lane.widthM, `lanes.${index}.widthM`);
			const heightM = lane.isOpenAbove ? null : metres(lane.heightM, `lanes.${index}.heightM`);
			return [
				{ ...lane, widthM, heightM, turningRadiusM: metres(lane.turningRadiusM, `lanes.${index}.turningRadiusM`) },
			];
		}),
		features: form.features.map((feature, index) => ({
			...feature,
			name: named(feature.name, `features.${index}.name`),
			widthM: metres(feature.widthM, `features.${index}.widthM`),
			heightM: metres(feature.heightM, `features.${index}.heightM`),
			lengthM: metres(feature.lengthM, `features.${index}.lengthM`),
		})),
		contacts: form.contacts
			.filter(({ name, duty, phone }) => name + duty + phone !== "")
			.map((contact, index) => ({ ...contact, name: named(contact.name, `contacts.${index}.name`) })),
		bestEntry: form.bestEntry,
		otherEntry: form.otherEntry,
	};
	return { card, mistakes };
}

/** Of whom nothing is said there is nothing to send. */
const isSaidOf = ({ widthM, heightM, turningRadiusM, isOpenAbove, entry, note }: LaneForm) =>
	isOpenAbove || entry !== "none" || [widthM, heightM, turningRadiusM, note].some((typed) => typed.trim() !== "");

export function newFeature(kind: FeatureKind, id: string): FeatureForm {
	return {
		...{ id, kind, name: "", laneId: null, widthM: "", heightM: "", lengthM: "", keyHolder: "", note: "" },
		keeping: kind === "gate" ? "locked" : null,
		isFixed: kind === "bollard" ? false : null,
		clearZone: kind === "hydrant" ? "unknown" : null,
	};
}

/** Which metres are asked for of each kind. */
export const metresOf: Readonly<Record<FeatureKind, readonly ("widthM" | "heightM" | "lengthM")[]>> = {
	gate: ["widthM", "heightM"],
	bollard: [],
	hydrant: [],
	aerial_site: ["lengthM", "widthM"],
};
