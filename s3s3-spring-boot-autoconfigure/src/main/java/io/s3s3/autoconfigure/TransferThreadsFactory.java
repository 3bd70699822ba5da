package io.s3s3.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.s3s3.internal.io.TransferThreads;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.CompositeTaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.util.ClassUtils;

/**
 * Creates the maker of transfer threads in line with how the application configures its
 * own threads. The executors of the application are not used: if one were full, a writer
 * would wait for a sender that waits for a thread.
 */
abstract class TransferThreadsFactory {

	private static final String CONTEXT_PROPAGATION = "io.micrometer.context.ContextSnapshotFactory";

	static TransferThreads create(Environment environment, ObjectProvider<TaskDecorator> decorators,
			ObjectProvider<TaskDecorator> observation) {
		List<TaskDecorator> all = new ArrayList<>(decorators.orderedStream().toList());
		if (ClassUtils.isPresent(CONTEXT_PROPAGATION, TransferThreadsFactory.class.getClassLoader())
				&& all.stream().noneMatch(ContextPropagatingTaskDecorator.class::isInstance)) {
			all.add(new ContextPropagatingTaskDecorator());
		}
		observation.ifAvailable(all::add);
		return new TransferThreads(Threading.VIRTUAL.isActive(environment), new CompositeTaskDecorator(all));
	}

}
