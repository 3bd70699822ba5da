package io.s3s3.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.Assert;

/**
 * Matches unless the application has a client of its own that is injected where any
 * client will do.
 */
final class OnNoApplicationClientCondition extends SpringBootCondition implements ConfigurationCondition {

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		Assert.state(beans != null, "There is no bean factory");
		String client = ApplicationClients.BLOCKING.winner(beans);
		ConditionMessage.Builder message = ConditionMessage.forCondition("S3Client of the application");
		return (client != null) ? ConditionOutcome.noMatch(message.found("bean").items(client))
				: ConditionOutcome.match(message.didNotFind("bean").atAll());
	}

}
