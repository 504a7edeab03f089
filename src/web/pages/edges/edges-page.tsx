import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EdgeAnswer, EdgeTokenAnswer } from "#contract/edges-api.ts";
import { account, may } from "../../account.ts";
import { renewEdgeToken, revokeEdge } from "../../api/keepclear-api.ts";
import { ClockWords } from "../../components/clock-words.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useLiveCameras, useLiveEdges } from "../../live/use-live-lists.ts";
import { useObservable } from "../../observable.ts";
import { formatShort } from "../../time/format-time.ts";
import { AddEdgeDialog } from "./add-edge-dialog.tsx";
import { TokenDialog } from "./token-dialog.tsx";
import "../cameras/cameras.css";
import "./edges.css";

/** The computers beside the cameras. */
export default function EdgesPage() {
	const { t } = useTranslation();
	const mayAdminister = may(useObservable(account), "administer");
	const { value: edges, error, loading, reload } = useLiveEdges();
	const cameras = useLiveCameras();
	const [adding, setAdding] = useState(false);
	const [issued, setIssued] = useState<EdgeTokenAnswer | null>(null);
	if (loading) return <p className="loading">{t("app.loading")}</p>;
	if (!edges) return <Failure title={t("edge.title")} error={error} onRetry={reload} />;
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
						cameras={cameras.value?.filter(({ edgeId }) => edgeId === edge.id).length ?? 0}
						mayAdminister={mayAdminister}
						onToken={setIssued}
					/>
				))}
			</ul>
			{adding && (
				<AddEdgeDialog
					edges={edges}
					onClose={() => setAdding(false)}
					onAdded={(answer) => {
						setAdding(false);
						setIssued(answer);
						reload();
					}}
				/>
			)}
			{issued && <TokenDialog issued={issued} onClose={() => setIssued(null)} />}
		</div>
	);
}

interface EdgeCardProps {
	readonly edge: EdgeAnswer;
	/** How many cameras it connects. */
	readonly cameras: number;
	readonly mayAdminister: boolean;
	readonly onToken: (answer: EdgeTokenAnswer) => void;
}

type Asked = "renew" | "revoke";

function EdgeCard({ edge, cameras, mayAdminister, onToken }: EdgeCardProps) {
	const { t } = useTranslation();
	const [asked, setAsked] = useState<Asked | null>(null);
	const { id, siteId, name, state, since, revokedAt } = edge;
	const revoked = revokedAt !== null;
	return (
		<li className="card edge-card" data-testid="edge-card" data-edge={id} data-state={state}>
			<div className="edge-head">
				<h2>{name}</h2>
				<span
					className={`health health-${revoked || state === "offline" ? "offline" : state === "online" ? "online" : "none"}`}
				>
					<span className="health-mark" aria-hidden="true" />
					{revoked ? t("edge.revoked") : t(`edge.${state}`)}
				</span>
			</div>
			<dl className="facts">
				<div>
					<dt>{t("edge.id")}</dt>
					<dd className="code">{id}</dd>
				</div>
				<div>
					<dt>{t("edge.site")}</dt>
					<dd className="code">{siteId}</dd>
				</div>
				{since !== null && (
					<div>
						<dt>{t(`edge.${state}`)}</dt>
						<dd className="digits">{t("wall.since", { time: formatShort(since, currentLanguage()) })}</dd>
					</div>
				)}
				{edge.clock && (
					<div>
						<dt>{t("photos.clock")}</dt>
						<dd>
							<ClockWords reading={edge.clock} mend />
						</dd>
					</div>
				)}
			</dl>
			{!revoked && state === "offline" && <p className="inline-note">{t("edge.offlineHint")}</p>}
			{!revoked && state === "never_seen" && <p className="inline-note">{t("edge.neverHint")}</p>}
			<div className="edge-foot">
				<span className="soft">{t("edge.cameras", { count: cameras })}</span>
				{mayAdminister && (
					<div className="buttons">
						<button type="button" className="button small" onClick={() => setAsked("renew")}>
							{t("edge.renew")}
						</button>
						{!revoked && (
							<button type="button" className="button small danger" onClick={() => setAsked("revoke")}>
								{t("edge.revoke")}
							</button>
						)}
					</div>
				)}
			</div>
			{asked && <AskDialog edge={edge} asked={asked} onClose={() => setAsked(null)} onToken={onToken} />}
		</li>
	);
}

interface AskDialogProps {
	readonly edge: EdgeAnswer;
	readonly asked: Asked;
	readonly onClose: () => void;
	readonly onToken: (answer: EdgeTokenAnswer) => void;
}

/** Both end what works now, so both are asked back. */
function AskDialog({ edge, asked, onClose, onToken }: AskDialogProps) {
	const { t } = useTranslation();

	async function go() {
		if (asked === "renew") onToken(await renewEdgeToken(edge.id));
		else await revokeEdge(edge.id);
	}

	return (
		<ConfirmDialog
			title={`${t(`edge.${asked}`)}: ${edge.name}`}
			confirm={t(`edge.${asked}`)}
			danger
			testId="edge-ask-dialog"
			onConfirm={go}
			onClose={onClose}
		>
			{t(`edge.${asked}Text`)}
		</ConfirmDialog>
	);
}
