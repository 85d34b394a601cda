package io.tributary.view;

/** What both layers produce: the partial of one slice and dimension key. */
public record SlicePartial(SliceKey key, Partial partial) {}
