import type { Locator, Page } from 'playwright-core';

/** A person without a mouse. */
export interface Keyboard {
  /** Goes on by Tab until something has the focus, and fails if no Tab leads there. */
  reach(target: Locator): Promise<void>;
  /** Goes to a button or link, and presses it. */
  press(target: Locator): Promise<void>;
  /** Goes to a field, and replaces what is in it. */
  fill(target: Locator, text: string): Promise<void>;
  /** Goes to a list, and chooses what begins with a text. */
  choose(target: Locator, text: string): Promise<void>;
  /** Goes to a checkbox or switch, and turns it over. */
  toggle(target: Locator): Promise<void>;
}

/** More stops than any page has. */
const mostStops = 150;

/** Uses a page by keyboard alone. */
export function useKeyboard(page: Page): Keyboard {
  const { keyboard } = page;
  const reach: Keyboard['reach'] = async (target) => {
    await target.waitFor();
    for (let stop = 0; stop < mostStops; stop++) {
      if (await target.evaluate((element) => element.matches(':focus'))) return;
      await keyboard.press('Tab');
    }
    throw new Error(`No Tab leads to ${String(target)}`);
  };
  return {
    reach,
    press: async (target) => {
      await reach(target);
      await keyboard.press('Enter');
    },
    fill: async (target, text) => {
      await reach(target);
      await keyboard.press('ControlOrMeta+a');
      await keyboard.type(text);
    },
    choose: async (target, text) => {
      await reach(target);
      await keyboard.type(text);
    },
    toggle: async (target) => {
      await reach(target);
      await keyboard.press('Space');
    },
  };
}
