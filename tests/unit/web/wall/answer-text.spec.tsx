import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { DeviationFigures } from '@app/shared';
import { cleanup, screen } from '@testing-library/react';
import { AnswerText } from '../../../../web/src/screens/wall/answer-text.js';
import { CATALOGUE, useLanguage } from '../../../../web/src/ui/catalogue.js';
import { ago } from '../cards.js';
import { renderSignedIn } from '../house.js';

const asked: DeviationFigures = {
  kind: 'lost-contact',
  team: '01890000-0000-7000-8000-00000000000a',
  callSign: '武01',
  from: ago(10),
  to: null,
  limitS: 300,
  bound: null,
  asks: 'armed-police',
};

beforeEach(() => useLanguage.setState({ language: 'en' }));
afterEach(cleanup);

const said = async (deviation: DeviationFigures, note?: string) => {
  renderSignedIn(
    <p>
      <AnswerText deviation={deviation} note={note} />
    </p>,
  );
  return (await screen.findByRole('paragraph')).firstElementChild;
};

it('nothing is told of a liaison desk that was asked and has not answered', async () => {
  expect(await said(asked)).toBeNull();
});

it('a liaison desk that wants help stands out, with what it wrote', async () => {
  const found = await said({ ...asked, answer: 'help-wanted', answeredAt: ago(2) }, 'on the ridge');
  const { deviation, force } = CATALOGUE.en;
  expect(found?.className).toBe('alert-answer is-help-wanted');
  expect(found?.textContent).toContain(deviation.answer['help-wanted']);
  expect(found?.textContent).toContain(force['armed-police']);
  expect(found?.textContent).toMatch(/ · on the ridge$/);
});
