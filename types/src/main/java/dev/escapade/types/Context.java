package dev.escapade.types;

/** Instances of generic types and functions, so that identical ones need be made once only. */
public final class Context {}
