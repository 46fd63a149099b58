import { Document, isMap, isScalar } from 'yaml';

/** Why a setting is as it is, by its path with dots, for example `peer.gossip.reconnectInterval`. */
export type Comments = Readonly<Record<string, string>>;

/** Renders a configuration as YAML with a headline and its comments; throws where a comment explains a setting that is not there. */
export function renderYaml(headline: string, configuration: object, comments: Comments): string {
  const document = new Document(configuration);
  document.commentBefore = ` ${headline}`;
  for (const [path, comment] of Object.entries(comments)) explain(document, path.split('.'), comment);
  return document.toString({ lineWidth: 0 });
}

function explain(document: Document, path: readonly string[], comment: string): void {
  const parent = document.getIn(path.slice(0, -1), true);
  const owner = path.length === 1 ? document.contents : parent;
  const key = isMap(owner) ? owner.items.map((item) => item.key).find((candidate) => isScalar(candidate) && candidate.value === path.at(-1)) : undefined;
  if (!isScalar(key)) throw new Error(`no setting ${path.join('.')} to comment on`);
  key.commentBefore = ` ${comment}`;
}
