/** How many tokens are verified at a stretch; blocks are made of such handfuls. */
export const handful = 100;
