package org.jacobean.generated;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * How many cases the properties try, all together: 5,000, or {@code -Dcases=100000}. The same ones each time, unless another
 * {@code -Dseed} is given; a failure tells its seed.
 */
public final class Cases implements AroundPropertyHook {

    private static final int USUAL = 5000;

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property)
            throws Throwable {
        int share = context.findAnnotation(Share.class).orElseThrow().value();
        long tries = (long) share * Integer.getInteger("cases", USUAL) / USUAL;
        context.attributes().setTries(Math.toIntExact(Math.max(1, tries)));
        context.attributes().setSeed(System.getProperty("seed", "20261125"));
        return property.execute();
    }

    /** From the class that names this hook to its properties. */
    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
