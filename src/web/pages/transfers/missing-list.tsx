import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { TransferQuestionAnswer } from "#contract/transfers-api.ts";
import type { TransferRefusal } from "#core/transfer/transfer-words.ts";
import { Icon } from "../../components/icon.tsx";

type Mend = "review" | "markings" | "clock" | "photos";

/** Where it is mended; nothing where it cannot be, or mends itself. */
const mendOf: Partial<Record<TransferRefusal, Mend>> = {
	not_approved: "review",
	plate_not_confirmed: "review",
	first_photo_missing: "photos",
	second_photo_missing: "photos",
	moved: "photos",
	stillness_unknown: "photos",
	interval_too_short: "photos",
	clock_off: "clock",
	clock_unknown: "clock",
	marking_missing: "markings",
	sign_missing: "markings",
};

/** Everything that stands in the way, in plain words, each with the way to where it is mended. */
export function MissingList({ missing, cameraId }: Pick<TransferQuestionAnswer, "missing" | "cameraId">) {
	const { t } = useTranslation();
	return (
		<div data-testid="transfer-missing">
			<p>
				<strong>{t("transfer.missingTitle")}</strong>
			</p>
			<ul className="transfer-missing">
				{missing.map(({ reason }) => {
					const mend = mendOf[reason];
					return (
						<li key={reason} data-reason={reason}>
							<Icon name="warning" size={16} />
							<span>
								{t(`transfer.${reason}`)}
								{mend && <MendLink mend={mend} cameraId={cameraId} />}
							</span>
						</li>
					);
				})}
			</ul>
		</div>
	);
}

function MendLink({ mend, cameraId }: { readonly mend: Mend; readonly cameraId: string }) {
	const { t } = useTranslation();
	const words = t(`transfer.mend_${mend}`);
	if (mend === "review" || mend === "photos") {
		const id = mend === "review" ? "review" : "photos-title";
		return (
			<button
				type="button"
				className="button small quiet"
				onClick={() => document.getElementById(id)?.scrollIntoView()}
			>
				{words}
			</button>
		);
	}
	return (
		<Link className="button small quiet" href={mend === "clock" ? "/edges" : `/cameras/${cameraId}`}>
			{words}
		</Link>
	);
}
