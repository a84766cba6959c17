package org.jacobean.view;

import java.util.List;

/** Values that are shown together: see {@link Display#show(Object, Object, Object...)}. */
record SideBySide(List<Object> values) {}
