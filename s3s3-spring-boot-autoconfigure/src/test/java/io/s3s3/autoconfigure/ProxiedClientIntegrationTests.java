package io.s3s3.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.s3s3.FailoverS3AsyncTemplate;
import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Template;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultProxy.Mode;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.support.AopUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An aspect of the application stands before the failover client.
 */
class ProxiedClientIntegrationTests {

	private final List<String> calls = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void failsOverAsWithoutTheAspect(boolean ofClass) {
		try (EmbeddedS3 east = EmbeddedS3.start("east");
				EmbeddedS3 west = EmbeddedS3.start("west");
				FaultProxy primary = FaultProxy.to(east.endpoint())) {
			primary.mode(Mode.REFUSE);
			Contexts.pair(primary.uri(), "east", west.endpoint(), "west")
				.withBean("interceptor", MethodInterceptor.class, () -> (invocation) -> {
					this.calls.add(invocation.getMethod().getName());
					return invocation.proceed();
				})
				.withBean(BeanNameAutoProxyCreator.class, () -> proxies(ofClass))
				.run((context) -> {
					assertThat(AopUtils.isAopProxy(context.getBean(FailoverS3Client.class))).isTrue();
					FailoverS3Template template = context.getBean(FailoverS3Template.class);
					template.upload("k", "content".getBytes(StandardCharsets.UTF_8));
					try (var stream = template.uploadAsStream("s")) {
						stream.write(1);
					}

					assertThat(template.downloadAsBytes("k")).asString().isEqualTo("content");
					assertThat(context.getBean(FailoverS3AsyncTemplate.class).downloadAsBytes("s").join())
						.containsExactly(1);
					assertThat(this.calls).contains("upload");
				});
		}
	}

	private static BeanNameAutoProxyCreator proxies(boolean ofClass) {
		BeanNameAutoProxyCreator proxies = new BeanNameAutoProxyCreator();
		proxies.setBeanNames("failoverS3Client");
		proxies.setInterceptorNames("interceptor");
		proxies.setProxyTargetClass(ofClass);
		return proxies;
	}

}
