import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CodeAnswer } from "#contract/enrolment-api.ts";
import { account, may } from "../../account.ts";
import { loadOrganisation } from "../../api/organisation-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { useLiveCameras, useLiveEdges } from "../../live/use-live-lists.ts";
import { useObservable } from "../../observable.ts";
import { AddEdgeDialog } from "./add-edge-dialog.tsx";
import { CodeDialog } from "./code-dialog.tsx";
import { EdgeCard } from "./edge-card.tsx";
import "../cameras/cameras.css";
import "./edges.css";

/** The computers beside the cameras. */
export default function EdgesPage() {
	const { t } = useTranslation();
	const mayAdminister = may(useObservable(account), "administer");
	const { value: edges, error, loading, reload } = useLiveEdges();
	const cameras = useLiveCameras();
	const organisation = useLoaded("organisation", loadOrganisation);
	const [adding, setAdding] = useState(false);
	const [issued, setIssued] = useState<CodeAnswer | null>(null);
	if (loading || organisation.loading) return <p className="loading">{t("app.loading")}</p>;
	if (!edges || !organisation.value) {
		const retry = edges ? organisation.reload : reload;
		return <Failure title={t("edge.title")} error={error ?? organisation.error} onRetry={retry} />;
	}
	const { sites } = organisation.value;
	const add = mayAdminister && (
		<button type="button" className="button primary" data-testid="add-edge" onClick={() => setAdding(true)}>
			<Icon name="plus" />
			{t("edge.add")}
		</button>
	);
	return (
		<div className="page">
			<div className="page-head">
				<div>
					<h1>{t("edge.title")}</h1>
					<p>{t("edge.hint")}</p>
				</div>
				{edges.length > 0 && add}
			</div>
			{edges.length === 0 && (
				<Message icon="edge" title={t("edge.none")} hint={mayAdminister ? t("edge.noneHint") : t("edge.adminOnly")}>
					{add}
				</Message>
			)}
			<ul className="edges">
				{edges.map((edge) => (
					<EdgeCard
						key={edge.id}
						edge={edge}
						siteName={sites.find(({ id }) => id === edge.siteId)?.name ?? edge.siteId}
						cameras={cameras.value?.filter(({ edgeId }) => edgeId === edge.id).length ?? 0}
						mayAdminister={mayAdminister}
						onCode={setIssued}
					/>
				))}
			</ul>
			{adding && (
				<AddEdgeDialog
					edges={edges}
					sites={sites.filter(({ closedAt }) => closedAt === null)}
					onClose={() => setAdding(false)}
					onAdded={(answer) => {
						setAdding(false);
						setIssued(answer);
						reload();
						organisation.reload();
					}}
				/>
			)}
			{issued && (
				<CodeDialog
					issued={issued}
					edge={edges.find(({ id }) => id === issued.edge.id) ?? issued.edge}
					onAnother={setIssued}
					onClose={() => setIssued(null)}
				/>
			)}
		</div>
	);
}
