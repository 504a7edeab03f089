import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartKind } from "#contract/organisation-api.ts";
import { account, answersForEverySite, may } from "../../account.ts";
import { errorText } from "../../api/error-text.ts";
import { Icon } from "../../components/icon.tsx";
import { Failure } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { useObservable } from "../../observable.ts";
import { AdminTabs } from "./admin-tabs.tsx";
import { ClosePart, setClosed } from "./close-part.tsx";
import { DoneBar } from "./done-bar.tsx";
import { OrganisationTree } from "./organisation-tree.tsx";
import { PartDialog } from "./part-dialog.tsx";
import { findPart, type PartDraft } from "./part-draft.ts";
import { PartList } from "./part-list.tsx";
import type { PartCommands } from "./part-row.tsx";
import { conflictText } from "./part-words.ts";
import { useOrganisation } from "./use-organisation.ts";
import "./organisation.css";

type Asked =
	| { readonly what: "edit"; readonly kind: PartKind; readonly id: string | null; readonly start?: Partial<PartDraft> }
	| { readonly what: "close"; readonly kind: PartKind; readonly id: string };

/** Districts, streets, sites, sectors and who is responsible. */
export default function OrganisationPage() {
	const { t } = useTranslation();
	const who = useObservable(account);
	const ofAll = may(who, "administer") && answersForEverySite(who);
	const { value, error, reload, take, done, undo } = useOrganisation();
	const [asked, setAsked] = useState<Asked | null>(null);
	const [text, setText] = useState("");
	const [showsClosed, setShowsClosed] = useState(false);
	if (!value) {
		if (error === null) return <p className="loading">{t("app.loading")}</p>;
		return <Failure title={t("organisation.title")} error={error} onRetry={reload} />;
	}

	async function open(kind: PartKind, id: string) {
		if (!value) return;
		const name = findPart(value, kind, id)?.name ?? id;
		try {
			take(await setClosed(kind, id, value, false), {
				text: t("organisation.opened", { name }),
				undo: (now) => setClosed(kind, id, now, true),
			});
		} catch (failure) {
			say(conflictText(t, failure, undefined) ?? errorText(t, failure), "bad");
			reload();
		}
	}

	const commands: PartCommands = {
		onEdit: (kind, id) => setAsked({ what: "edit", kind, id }),
		onClose: (kind, id) => setAsked({ what: "close", kind, id }),
		onOpen: (kind, id) => void open(kind, id),
		onAdd: (kind, under) =>
			setAsked({
				...{ what: "edit", kind, id: null },
				start: kind === "street" ? { districtId: under } : { streetId: under },
			}),
	};
	const add = (kind: PartKind) => setAsked({ what: "edit", kind, id: null });

	return (
		<div className="page" data-testid="organisation-page">
			<AdminTabs />
			<div className="page-head">
				<div>
					<h1>{t("organisation.title")}</h1>
					<p>{t("organisation.hint")}</p>
				</div>
				{ofAll && (
					<button type="button" className="button primary" data-testid="add-district" onClick={() => add("district")}>
						<Icon name="plus" />
						{t("organisation.add_district")}
					</button>
				)}
			</div>
			<DoneBar text={done?.text ?? null} onUndo={done?.undo ? undo : null} />
			<div className="org-filter">
				<label className="wall-search">
					<span className="visually-hidden">{t("organisation.search")}</span>
					<Icon name="search" />
					<input
						type="search"
						placeholder={t("organisation.search")}
						value={text}
						onChange={({ target }) => setText(target.value)}
					/>
				</label>
				<label className="check">
					<input
						type="checkbox"
						checked={showsClosed}
						data-testid="show-closed"
						onChange={({ target }) => setShowsClosed(target.checked)}
					/>
					{t("organisation.showClosed")}
				</label>
			</div>
			<div className="org-columns">
				<section className="card org-card" aria-label={t("organisation.title")}>
					<OrganisationTree organisation={value} commands={commands} text={text} showsClosed={showsClosed} />
				</section>
				<div className="org-side">
					{(["party", "sector"] as const).map((kind) => (
						<PartList
							key={kind}
							kind={kind}
							organisation={value}
							commands={commands}
							showsClosed={showsClosed}
							onAdd={ofAll ? () => add(kind) : null}
						/>
					))}
				</div>
			</div>
			{asked?.what === "edit" && (
				<PartDialog
					kind={asked.kind}
					id={asked.id}
					start={asked.start}
					organisation={value}
					onTake={take}
					onClose={() => setAsked(null)}
				/>
			)}
			{asked?.what === "close" && (
				<ClosePart kind={asked.kind} id={asked.id} organisation={value} onTake={take} onClose={() => setAsked(null)} />
			)}
		</div>
	);
}
