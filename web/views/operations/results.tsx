import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ResultView } from '../../api/operations.ts';
import type { Problem } from '../../api/shapes.ts';
import { addressOf } from '../../model/address.ts';
import { shortId } from '../../model/jobs.ts';
import { outcomeText } from '../../model/operationProgress.ts';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { usePage } from '../../state/page.ts';
import { Button } from '../../parts/button.tsx';

interface ResultPage {
  readonly results: readonly ResultView[];
  readonly next: string | null;
}

const pageSize = 100;
/** The API gives no more at once. */
const mostAtOnce = 1000;

interface Shown extends ResultPage {
  readonly problem: Problem | undefined;
}

const nothing: Shown = { results: [], next: '', problem: undefined };

interface Asked {
  readonly after: string;
  readonly top: number;
  readonly before: readonly ResultView[];
}

const useResults = (id: string, stamp: string): { readonly shown: Shown; readonly more: () => void } => {
  const { client } = usePage();
  const [shown, setShown] = useState<Shown>(nothing);
  const latest = useRef(0);
  const load = async ({ after, top, before }: Asked): Promise<void> => {
    latest.current += 1;
    const mine = latest.current;
    const query = new URLSearchParams({ top: String(top), ...(after === '' ? {} : { after }) }).toString();
    const result = await client<ResultPage>(`operations/${encodeURIComponent(id)}/results?${query}`);
    if (mine !== latest.current) return;
    setShown((old) =>
      result.kind === 'ok'
        ? { results: [...before, ...result.value.results], next: result.value.next, problem: undefined }
        : { ...old, problem: result.problem },
    );
  };
  useEffect(() => {
    const top = Math.min(mostAtOnce, Math.max(pageSize, shown.results.length));
    void load({ after: '', top, before: [] });
  }, [id, stamp]);
  const more = (): void => void load({ after: shown.next ?? '', top: pageSize, before: shown.results });
  return { shown, more };
};

const Row = ({ result }: { result: ResultView }): JSX.Element => (
  <tr>
    <th scope="row">
      <a href={addressOf({ view: 'job', id: result.jobId, tab: '' })} title={result.jobId}>
        {shortId(result.jobId)}
      </a>
    </th>
    <td>{result.result}</td>
    <td>{outcomeText(result.outcome)}</td>
    <td class="words">{result.detail}</td>
  </tr>
);

/** What became of each job. @param stamp of what is known of the operation; asked anew when it changes. */
export const Results = ({ id, stamp }: { id: string; stamp: string }): JSX.Element => {
  const { shown, more } = useResults(id, stamp);
  return (
    <section class="sheet" aria-label="Results">
      {shown.problem === undefined ? null : (
        <Banner intent="error">
          <ProblemText problem={shown.problem} />
        </Banner>
      )}
      <div class="scroller" tabIndex={0} role="region" aria-label="Result of each job">
        <table class="results">
          <caption>Result of each job</caption>
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">Result</th>
              <th scope="col">Outcome</th>
              <th scope="col">Detail</th>
            </tr>
          </thead>
          <tbody>
            {shown.results.map((result) => (
              <Row key={result.jobId} result={result} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.results.length === 0 ? <p class="hint">No job has been dealt with yet.</p> : null}
      {shown.next === null || shown.next === '' ? null : (
        <Button appearance="subtle" onClick={more}>
          More results
        </Button>
      )}
    </section>
  );
};
