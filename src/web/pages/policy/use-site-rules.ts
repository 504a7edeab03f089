import type { PolicyLayer } from "#core/policy/policy-layers.ts";
import { loadPolicy } from "../../api/keepclear-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";

/** What the site sets; nothing until it is loaded. */
export function useSiteRules(): PolicyLayer {
	return useLoaded("policy", loadPolicy).value ?? nothing;
}

const nothing: PolicyLayer = {};
