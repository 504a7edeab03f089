import type { Dictionary } from "./dictionary.ts";

export const enFilter: Pick<Dictionary, "laneFilter"> = {
	laneFilter: {
		district: "District",
		site: "Site",
		street: "Street",
		party: "Responsible party",
		cause: "Class",
		anyDistrict: "All districts",
		anySite: "All sites",
		anyStreet: "All streets",
		anyParty: "All parties",
		anyClass: "All classes",
		more: "Filter",
		group: "Filter by place, responsibility and class",
		active: "Filters: {{count}}",
		shown: "{{shown}} of {{total}} lanes are shown",
		alertsOf: "Alerts of {{shown}} of {{total}} lanes are shown",
		alertsSome: "Not all alerts are shown",
		showAll: "Show all",
		calmHere: "Nothing here needs attention",
		elsewhere_one: "{{count}} more alert elsewhere needs attention",
		elsewhere_other: "{{count}} more alerts elsewhere need attention",
	},
};
