import { useTranslation } from "react-i18next";
import type { PolicyAnswer } from "#contract/policy-api.ts";
import { Icon } from "../../components/icon.tsx";

/** Which edge workers work by what was saved, and which have not heard of it yet. */
export function PolicyEdges({ edges }: { readonly edges: PolicyAnswer["edges"] }) {
	const { t } = useTranslation();
	return (
		<section className="card policy-card" aria-labelledby="policy-edges">
			<h2 id="policy-edges">{t("policy.edges")}</h2>
			{edges.length === 0 && <p className="soft">{t("policy.noEdges")}</p>}
			<ul className="policy-edges">
				{edges.map(({ id, name, state, applied }) => (
					<li key={id} data-testid="policy-edge" data-edge={id} data-applied={applied}>
						<strong>{name}</strong>
						<span className={applied ? "policy-applied" : "soft"}>
							{applied ? <Icon name="check" size={16} /> : <span className="saved-wait" aria-hidden="true" />}
							{applied ? t("policy.applied") : state === "online" ? t("policy.applying") : t("policy.offline")}
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}
