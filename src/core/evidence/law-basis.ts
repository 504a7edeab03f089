/**
 * What a lane is by law. 道路交通安全法 119: a road is what is open to public cars, also on a unit's ground; the lanes of
 * an estate that is closed to them are none, and stand under the fire law alone. The two are never mixed.
 */
export const roadClasses = ["closed_estate", "public_road"] as const;
export type RoadClass = (typeof roadClasses)[number];

/** What holds where nobody said: it claims less. */
export const defaultRoadClass: RoadClass = "closed_estate";

export interface LawBasis {
	/** For programs and manifests. */
	readonly code: string;
	/** As it is written on pictures and letters. */
	readonly text: string;
}

const bases: Readonly<Record<RoadClass, LawBasis>> = {
	closed_estate: { code: "fire-protection-law-28-60", text: "《消防法》第二十八条、第六十条" },
	public_road: { code: "road-traffic-safety-law-56-93", text: "《道路交通安全法》第五十六条、第九十三条" },
};

export const lawBasisOf = (roadClass: RoadClass): LawBasis => bases[roadClass];
